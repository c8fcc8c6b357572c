import { z } from '@hono/zod-openapi'
import type { Endpoint, Services } from '../../dialect.ts'
import { unprocessable } from '../errors.ts'
import { flag, optionalText } from '../fields.ts'
import { bareIdOf, readMessageId } from '../message-id.ts'
import { addressed, commonFields, names, ownIdField } from './common.ts'
import { contactField, cardIn } from './contact.ts'
import { sendingIn } from './sending.ts'

const text = z.string().min(1)

const listRow = z.object({ title: text, rowId: text, description: optionalText })

const list = z.object({
	title: text,
	description: optionalText,
	footer: optionalText,
	button: text,
	sections: z.array(z.object({ title: text, rows: z.array(listRow).min(1) })).min(1),
})

const number = z.union(
	[
		z.number(),
		z
			.string()
			.regex(/^-?\d+(\.\d+)?$/)
			.transform(Number),
	],
	'must be a number',
)

/** What is sent besides texts and files. */
export function contents(services: Services): Endpoint[] {
	const send = sendingIn(services)
	return [
		send({
			path: '/api/sendPoll',
			summary: 'Send a poll',
			body: z.object({
				...commonFields,
				id: ownIdField,
				poll: z.object({
					name: text,
					options: z.array(z.string()),
					multipleAnswers: flag.nullish(),
				}),
			}),
			translate: async ({ poll: { name, options, multipleAnswers }, id, ...given }, session) => ({
				type: 'poll',
				fields: {
					...(await addressed(session, given)),
					...{ name, options, selectable_count: multipleAnswers ? 0 : 1 },
				},
				names: { ...names, name: 'poll.name', options: 'poll.options' },
				messageId: id,
			}),
		}),
		send({
			path: '/api/sendPollVote',
			summary: 'Vote in a poll',
			body: z.object({
				session: commonFields.session,
				chatId: commonFields.chatId,
				pollMessageId: text,
				pollServerId: z.union([z.string(), z.number()]).nullish(),
				votes: z.array(z.union([z.string(), z.array(z.string())], 'must be a text')),
			}),
			translate({ chatId: to, pollMessageId, votes }) {
				const named = readMessageId(pollMessageId)
				return {
					type: 'poll-update',
					fields: {
						...{ to, poll_message_id: bareIdOf(pollMessageId), selected_options: votes.flat() },
						...(named && { from_me: named.fromMe, participant: named.participant }),
					},
					names: {
						...names,
						poll_message_id: 'pollMessageId',
						selected_options: 'votes',
						participant: 'pollMessageId',
					},
				}
			},
		}),
		send({
			path: '/api/sendLocation',
			summary: 'Send a location',
			body: z.object({
				...commonFields,
				id: ownIdField,
				latitude: number,
				longitude: number,
				title: optionalText,
			}),
			translate: async ({ latitude, longitude, title: name, id, ...given }, session) => ({
				type: 'location',
				fields: { ...(await addressed(session, given)), latitude, longitude, name },
				names: { ...names, name: 'title' },
				messageId: id,
			}),
		}),
		send({
			path: '/api/sendContactVcard',
			summary: 'Send contacts',
			body: z.object({ ...commonFields, id: ownIdField, contacts: z.array(contactField).min(1) }),
			async translate({ contacts, id: messageId, ...given }, session) {
				const [first, ...others] = contacts.map(cardIn)
				const to = await addressed(session, given)
				const fieldNames = { ...names, contact: 'contacts.0' }
				return others.length
					? { type: 'contacts', fields: { ...to, contacts: [first, ...others] }, names, messageId }
					: { type: 'contact', fields: { ...to, contact: first }, names: fieldNames, messageId }
			},
		}),
		send({
			path: '/api/sendList',
			summary: 'Send a list to choose from',
			body: z.object({ ...commonFields, message: list }),
			async translate({ message, ...given }, session) {
				if (given.chatId.endsWith('@g.us'))
					throw unprocessable('Lists can be sent to direct chats only.')
				const { title, description, footer, button: button_text, sections } = message
				return {
					type: 'list',
					fields: {
						...(await addressed(session, given)),
						...{ title, description: description ?? title, footer, button_text },
						sections: sections.map(({ title, rows }) => ({
							title,
							rows: rows.map(({ rowId: row_id, ...row }) => ({ row_id, ...row })),
						})),
					},
					names: {
						...names,
						...{ button_text: 'message.button', description: 'message.description' },
						...{ title: 'message.title', footer: 'message.footer', row_id: 'rowId' },
					},
				}
			},
		}),
	]
}
