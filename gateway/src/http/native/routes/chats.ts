import { z } from '@hono/zod-openapi'
import { identity } from '../../../events/identity.ts'
import { setDisappearing } from '../../../session/actions/disappearing.ts'
import { done, doneSchema } from '../../openapi/schemas.ts'
import { defineRoute } from '../define-route.ts'
import { timerBody } from './timer-field.ts'
import { chatRef, labelRef, pageOf, pageQuery, queryFlag, search } from '../params.ts'

const TYPES = ['person', 'group', 'channel'] as const

const lastMessageSchema = z.object({
	message_id: z.string(),
	from_me: z.boolean(),
	sender: z.string().optional().meta({ description: 'In a group: its author' }),
	at: z.number().int().meta({ description: 'Unix time in seconds' }),
})

export const chatSchema = identity
	.extend({
		type: z.enum(TYPES),
		last_message_at: z.iso
			.datetime()
			.nullable()
			.meta({ description: 'Null if no message is known' }),
		last_message: lastMessageSchema.nullable(),
		unread: z.number().int().meta({ description: 'How many messages the account has not read' }),
		marked_unread: z.boolean().meta({ description: 'Whether it has the mark of an unread chat' }),
		archived: z.boolean(),
		pinned: z.boolean(),
		muted_until: z
			.number()
			.int()
			.nullable()
			.meta({ description: 'Unix time in seconds; -1 for ever, null if it is not muted' }),
		locked: z.boolean().meta({ description: 'Whether a code or a finger opens it' }),
		expiration: z.number().int().nullable().meta({
			description:
				'Seconds after which new messages disappear, 0 for never; null for groups, which tell it themselves',
		}),
		labels: z.array(z.string()).meta({ description: 'Ids of its labels, of a business account' }),
	})
	.openapi('Chat')

const flag = (title: string, description: string) =>
	queryFlag.optional().meta({ title, description })

const filters = z.object({
	search,
	archived: flag('Archived', 'Whether the chats are archived'),
	unread: flag('Unread', 'Whether the chats have unread messages, or are marked as unread'),
	pinned: flag('Pinned', 'Whether the chats are pinned'),
	muted: flag('Muted', 'Whether the chats are muted'),
	label: labelRef.optional(),
	type: z
		.enum(TYPES)
		.optional()
		.meta({ title: 'Type', description: 'With a person, a group or a channel' }),
})

/** Chats with people, groups and channels. */
export const chatRoutes = [
	defineRoute({
		method: 'get',
		path: '/chats',
		summary: 'Get many chats',
		description:
			'Get the people, groups and channels with whom messages were exchanged, newest first; then known contacts.',
		query: pageQuery(1_000).extend(filters.shape),
		answer: z.object({ chats: z.array(chatSchema), total: z.number().int() }),
		success: 'Newest first',
		node: { resource: 'chat', name: 'Get Many', itemsOf: 'chats' },
		async run({ session, query }) {
			const { page: chats, total } = pageOf(await session.directory.chats(query), query)
			return { chats, total }
		},
	}),
	defineRoute({
		method: 'get',
		path: '/chats/{jid}',
		summary: 'Get a chat',
		description: 'Get what the session knows of a chat, without asking WhatsApp.',
		params: z.object({ jid: chatRef }),
		answer: chatSchema,
		success: 'The chat',
		node: { resource: 'chat', name: 'Get' },
		run: ({ session, params }) => session.directory.chat(params.jid),
	}),
	defineRoute({
		method: 'post',
		path: '/chats/{jid}/disappearing',
		summary: 'Set disappearing messages of a chat',
		description:
			'In groups only admins may do it, unless the group allows it to all members. Later sends to the chat follow it, unless they have an `expiration`.',
		params: z.object({ jid: chatRef }),
		body: timerBody,
		answer: doneSchema,
		success: 'It is so from now on',
		node: { resource: 'chat', name: 'Set Disappearing Messages' },
		async run({ session, params, body }) {
			await session.withSocket((deps) => setDisappearing(deps, params.jid, body.seconds))
			return done
		},
	}),
]
