import { z } from '@hono/zod-openapi'
import { GatewayError } from '../../../errors.ts'
import {
	archiveChat,
	markChatRead,
	markChatUnread,
	muteChat,
	pinChat,
	unarchiveChat,
	unmuteChat,
	unpinChat,
} from '../../../session/actions/chats/settings.ts'
import type { SessionDeps } from '../../../session/session-deps.ts'
import { done, doneSchema } from '../../openapi/schemas.ts'
import { defineRoute } from '../define-route.ts'
import { chatRef } from '../params.ts'

const MOST_READ = 100

const params = z.object({ jid: chatRef })
const success = 'All devices of the account follow it'

/** A setting of a chat that all devices of the account follow. */
const setting = (
	verb: string,
	{ summary, description, name }: { summary: string; description?: string; name: string },
	act: (deps: SessionDeps, jid: string) => Promise<void>,
) =>
	defineRoute({
		method: 'post',
		path: `/chats/{jid}/${verb}`,
		summary,
		...(description && { description }),
		params,
		answer: doneSchema,
		success,
		node: { resource: 'chat', name },
		async run({ session, params }) {
			await session.withSocket((deps) => act(deps, params.jid))
			return done
		},
	})

const refused = (advice: string) => new GatewayError('invalid_request', advice, { field: 'until' })

/** What the account sets for a chat on all its devices. */
export const chatSettingRoutes = [
	setting(
		'archive',
		{ summary: 'Archive a chat', description: 'A pinned chat is unpinned.', name: 'Archive' },
		archiveChat,
	),
	setting('unarchive', { summary: 'Unarchive a chat', name: 'Unarchive' }, unarchiveChat),
	defineRoute({
		method: 'post',
		path: '/chats/{jid}/mute',
		summary: 'Mute a chat',
		description: 'Mute it for some time, until a time, or for ever if neither is given.',
		params,
		body: z.object({
			seconds: z
				.number()
				.int()
				.min(1)
				.max(31_536_000)
				.optional()
				.meta({
					title: 'Seconds',
					description: 'For how long: 28800 are 8 hours, 604800 a week',
					examples: [28_800],
				}),
			until: z
				.number()
				.int()
				.min(1)
				.optional()
				.meta({
					title: 'Until',
					description: 'Unix time in seconds, instead of `seconds`',
					examples: [1_795_255_200],
				}),
		}),
		answer: doneSchema,
		success,
		node: { resource: 'chat', name: 'Mute' },
		async run({ session, params, body: { seconds, until } }) {
			const now = Math.floor(Date.now() / 1000)
			if (seconds !== undefined && until !== undefined) throw refused('Give `seconds` or `until`.')
			if (until !== undefined && until <= now) throw refused('`until` must be in the future.')
			const end = seconds === undefined ? until : now + seconds
			await session.withSocket((deps) => muteChat(deps, params.jid, end))
			return done
		},
	}),
	setting('unmute', { summary: 'Unmute a chat', name: 'Unmute' }, unmuteChat),
	setting(
		'pin',
		{
			summary: 'Pin a chat',
			description: 'Put it at the top of the list. Phones show three pinned chats.',
			name: 'Pin',
		},
		pinChat,
	),
	setting('unpin', { summary: 'Unpin a chat', name: 'Unpin' }, unpinChat),
	setting(
		'unread',
		{
			summary: 'Mark a chat as unread',
			description: 'Only the own devices show it; read receipts stay as they are.',
			name: 'Mark as Unread',
		},
		markChatUnread,
	),
	defineRoute({
		method: 'post',
		path: '/chats/{jid}/read',
		summary: 'Mark a chat as read',
		description:
			'Mark it as read on the own devices, and send read receipts (blue ticks) for its newest unread messages.',
		params,
		body: z.object({
			messages: z.number().int().min(0).max(MOST_READ).default(MOST_READ).meta({
				title: 'Messages',
				description: 'For how many messages at most read receipts are sent',
			}),
		}),
		answer: doneSchema,
		success,
		node: { resource: 'chat', name: 'Mark as Read' },
		async run({ session, params, body }) {
			await session.withSocket((deps) => markChatRead(deps, params.jid, body.messages))
			return done
		},
	}),
]
