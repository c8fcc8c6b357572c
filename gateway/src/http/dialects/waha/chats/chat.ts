import { z } from '@hono/zod-openapi'
import type { Session } from '../../../../session/session.ts'
import { chatIdOf } from '../chat-id.ts'

/** A chat as the session knows it. */
export type KnownChat = Awaited<ReturnType<Session['directory']['chat']>>

export const chatSchema = z
	.looseObject({
		id: z.string().meta({ examples: ['11111111111@c.us'] }),
		name: z.string().nullable(),
		conversationTimestamp: z
			.number()
			.int()
			.nullable()
			.meta({ description: 'Unix time in seconds of the newest message' }),
		unreadCount: z.number().int(),
		markedAsUnread: z.boolean(),
		archived: z.boolean(),
		pinned: z.boolean(),
		muteEndTime: z.number().int().nullable().meta({ description: 'Unix time; -1 for ever' }),
		labels: z.array(z.string()),
	})
	.openapi('WahaChat')

export type WahaChat = z.output<typeof chatSchema>

/** A chat as WAHA lists it. */
export const wahaChat = (chat: KnownChat): WahaChat => ({
	id: chatIdOf(chat),
	name: chat.name,
	conversationTimestamp:
		chat.last_message_at === null ? null : Math.floor(Date.parse(chat.last_message_at) / 1000),
	unreadCount: chat.unread,
	markedAsUnread: chat.marked_unread,
	archived: chat.archived,
	pinned: chat.pinned,
	muteEndTime: chat.muted_until,
	labels: chat.labels,
})

/** Whether it is in the list of chats: people of whom only the name is known are not. */
export const isListed = ({ type, last_message_at, ...chat }: KnownChat): boolean =>
	type !== 'person' || last_message_at !== null || chat.archived || chat.pinned
