import { z } from '@hono/zod-openapi'
import { labelChat, labelMessage, setChatLabels } from '../../../session/actions/labels/assign.ts'
import { createLabel, deleteLabel, editLabel } from '../../../session/actions/labels/edit.ts'
import { done, doneSchema } from '../../openapi/schemas.ts'
import { defineRoute } from '../define-route.ts'
import { atLeastOne, chatRef, labelRef, pageOf, pageQuery, search } from '../params.ts'
import { chatSchema } from './chats.ts'

const MOST_COLORS = 20

const labelSchema = z
	.object({
		label_id: z.string(),
		name: z.string(),
		color: z.number().int().meta({ description: "Its number in WhatsApp's list of colors" }),
		color_hex: z.string().nullable().meta({ description: 'The same, as WhatsApp Web shows it' }),
		chats: z.number().int().meta({ description: 'How many chats have it' }),
		messages: z.number().int().meta({ description: 'How many messages have it' }),
	})
	.openapi('Label')

const name = z
	.string()
	.trim()
	.min(1)
	.max(100)
	.meta({ title: 'Name', examples: ['New customer'] })
const color = z
	.number()
	.int()
	.min(0)
	.max(MOST_COLORS - 1)
	.meta({ title: 'Color', description: "Its number in WhatsApp's list of colors", examples: [2] })

const params = z.object({ label_id: labelRef })
const inChat = z.object({ jid: chatRef, label_id: labelRef })
const onMessage = z.object({
	message_id: z
		.string()
		.min(1)
		.max(200)
		.meta({
			title: 'Message ID',
			description: 'Id of the message',
			examples: ['3EB0C767D097B7C4'],
		}),
	label_id: labelRef,
})
const chatLabels = z.object({ labels: z.array(labelSchema), total: z.number().int() })
const success = 'All devices of the account follow it'

/** Labels of business accounts, and what has them. */
export const labelRoutes = [
	defineRoute({
		method: 'get',
		path: '/labels',
		summary: 'Get many labels',
		description: 'Get the labels of a business account, by name.',
		query: pageQuery(1_000).extend({ search }),
		answer: chatLabels,
		success: 'By name',
		node: { resource: 'label', name: 'Get Many', itemsOf: 'labels' },
		async run({ session, query }) {
			const { page: labels, total } = pageOf(await session.directory.labels(query.search), query)
			return { labels, total }
		},
	}),
	defineRoute({
		method: 'post',
		path: '/labels',
		summary: 'Create a label',
		description: 'WhatsApp has 20 at most. Without a color it gets the next free one.',
		body: z.object({ name, color: color.optional() }),
		answer: labelSchema,
		success: 'The label',
		creates: true,
		node: { resource: 'label', name: 'Create' },
		run: ({ session, body, idempotencyKey }) =>
			session.createOnce(idempotencyKey, { type: 'label', input: body }, () =>
				session.withSocket((deps) => createLabel(deps, body)),
			),
	}),
	defineRoute({
		method: 'put',
		path: '/labels/{label_id}',
		summary: 'Update a label',
		params,
		body: atLeastOne({ name: name.optional(), color: color.optional() }),
		answer: labelSchema,
		success: 'The label as it is now',
		node: { resource: 'label', name: 'Update' },
		run: ({ session, params, body }) =>
			session.withSocket((deps) => editLabel(deps, params.label_id, body)),
	}),
	defineRoute({
		method: 'delete',
		path: '/labels/{label_id}',
		summary: 'Delete a label',
		description: 'What had it has it no longer.',
		params,
		answer: doneSchema,
		success,
		node: { resource: 'label', name: 'Delete' },
		async run({ session, params }) {
			await session.withSocket((deps) => deleteLabel(deps, params.label_id))
			return done
		},
	}),
	defineRoute({
		method: 'get',
		path: '/labels/{label_id}/chats',
		summary: 'Get many chats of a label',
		params,
		query: pageQuery(1_000),
		answer: z.object({ chats: z.array(chatSchema), total: z.number().int() }),
		success: 'Newest first',
		node: { resource: 'label', name: 'Get Many Chats', itemsOf: 'chats' },
		async run({ session, params: { label_id: label }, query }) {
			const { page: chats, total } = pageOf(await session.directory.labelledChats(label), query)
			return { chats, total }
		},
	}),
	defineRoute({
		method: 'get',
		path: '/chats/{jid}/labels',
		summary: 'Get many labels of a chat',
		params: z.object({ jid: chatRef }),
		answer: chatLabels,
		success: 'By name',
		node: { resource: 'label', name: 'Get Many of a Chat', itemsOf: 'labels' },
		async run({ session, params }) {
			const all = await session.directory.labels()
			const chat = await session.directory.chat(params.jid)
			const labels = all.filter(({ label_id }) => chat.labels.includes(label_id))
			return { labels, total: labels.length }
		},
	}),
	defineRoute({
		method: 'put',
		path: '/chats/{jid}/labels',
		summary: 'Set the labels of a chat',
		description: 'Give the chat these labels and no others.',
		params: z.object({ jid: chatRef }),
		body: z.object({
			labels: z
				.array(z.string().min(1).max(20))
				.max(MOST_COLORS)
				.meta({ title: 'Labels', description: 'Ids of labels', examples: [['1', '5']] }),
		}),
		answer: doneSchema,
		success,
		node: { resource: 'label', name: 'Set of Chat' },
		async run({ session, params, body }) {
			await session.withSocket((deps) => setChatLabels(deps, params.jid, body.labels))
			return done
		},
	}),
	...(['put', 'delete'] as const).flatMap((method) => {
		const isOn = method === 'put'
		const verb = isOn ? 'Add a label to' : 'Remove a label from'
		const name = isOn ? 'Add to' : 'Remove From'
		return [
			defineRoute({
				method,
				path: '/chats/{jid}/labels/{label_id}',
				summary: `${verb} a chat`,
				params: inChat,
				answer: doneSchema,
				success,
				node: { resource: 'label', name: `${name} Chat` },
				async run({ session, params: { jid, label_id } }) {
					await session.withSocket((deps) => labelChat(deps, jid, label_id, isOn))
					return done
				},
			}),
			defineRoute({
				method,
				path: '/messages/{message_id}/labels/{label_id}',
				summary: `${verb} a message`,
				params: onMessage,
				answer: doneSchema,
				success,
				node: { resource: 'label', name: `${name} Message` },
				async run({ session, params: { message_id, label_id } }) {
					await session.withSocket((deps) => labelMessage(deps, message_id, label_id, isOn))
					return done
				},
			}),
		]
	}),
]
