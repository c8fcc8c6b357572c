import { z } from '@hono/zod-openapi'
import { showChatstate, showPresence, type Chatstate } from '../../../session/actions/presence.ts'
import { markRead } from '../../../session/actions/mark-read.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { withForeignFieldNames } from '../names.ts'
import { messageId, to } from './fields.ts'
import { API, sessionOf } from './session.ts'

const answer = z.object({ status: z.literal('sent') })

/** Their names of what others see in a chat. */
const chatstates = {
	composing: 'typing',
	recording: 'recording',
	paused: 'paused',
} as const satisfies Record<string, Chatstate>

/** `POST …/messages/read`, `…/typing` and `…/presence`. */
export function marks(services: Services): Endpoint[] {
	const messages = `${API}/{sessionId}/messages`
	return [
		endpoint({
			method: 'post',
			path: `${messages}/read`,
			summary: 'Mark messages as read',
			body: z.strictObject({
				to,
				messageIds: z.array(messageId).min(1).max(100),
				sender: to.optional().meta({
					description: 'In a group: who wrote messages that are no longer remembered',
				}),
			}),
			answer,
			async run(call) {
				const { to: chat, messageIds: message_ids, sender } = call.body
				const session = sessionOf(services, call)
				await withForeignFieldNames({ chat_jid: 'to' }, () =>
					session.withSocket((memory) => markRead(memory, { chat, message_ids, sender })),
				)
				return call.c.json({ status: 'sent' })
			},
		}),
		endpoint({
			method: 'post',
			path: `${messages}/typing`,
			summary: 'Show that a text is being typed',
			body: z.strictObject({ to, isGroup: z.boolean().default(false) }),
			answer,
			async run(call) {
				const { to, isGroup } = call.body
				const chat = isGroup && !to.includes('@') ? `${to}@g.us` : to
				const session = sessionOf(services, call)
				await session.withSocket((memory) => showChatstate(memory, chat, 'typing'))
				return call.c.json({ status: 'sent' })
			},
		}),
		endpoint({
			method: 'post',
			path: `${messages}/presence`,
			summary: 'Show whether the account is online, types or records',
			body: z.strictObject({
				to,
				presence: z.enum(['available', 'unavailable', 'composing', 'recording', 'paused']),
			}),
			answer,
			async run(call) {
				const { to, presence } = call.body
				await sessionOf(services, call).withSocket((memory) =>
					presence === 'available' || presence === 'unavailable'
						? showPresence(memory, presence)
						: showChatstate(memory, to, chatstates[presence]),
				)
				return call.c.json({ status: 'sent' })
			},
		}),
	]
}
