import { z } from '@hono/zod-openapi'
import { showChatstate, showPresence, type Chatstate } from '../../../session/actions/presence.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { statusSent, toField } from './fields.ts'
import { API, sessionOf } from './session.ts'

/** WaSphere's names of our chat states. */
const chatstates = {
	composing: 'typing',
	recording: 'recording',
	paused: 'paused',
} as const satisfies Record<string, Chatstate>

/** `POST …/messages/typing` and `…/messages/presence`. */
export function presence(services: Services): Endpoint[] {
	const messages = `${API}/{sessionId}/messages`
	return [
		endpoint({
			method: 'post',
			path: `${messages}/typing`,
			summary: 'Show the typing indicator',
			body: z.strictObject({ to: toField, isGroup: z.boolean().default(false) }),
			response: statusSent,
			async run(call) {
				const { to, isGroup } = call.body
				const chat = isGroup && !to.includes('@') ? `${to}@g.us` : to
				const session = sessionOf(services, call)
				await session.withSocket((deps) => showChatstate(deps, chat, 'typing'))
				return call.c.json({ status: 'sent' })
			},
		}),
		endpoint({
			method: 'post',
			path: `${messages}/presence`,
			summary: 'Set the presence of the account, or its state in a chat',
			body: z.strictObject({
				to: toField,
				presence: z.enum(['available', 'unavailable', 'composing', 'recording', 'paused']),
			}),
			response: statusSent,
			async run(call) {
				const { to, presence } = call.body
				await sessionOf(services, call).withSocket((deps) =>
					presence === 'available' || presence === 'unavailable'
						? showPresence(deps, presence)
						: showChatstate(deps, to, chatstates[presence]),
				)
				return call.c.json({ status: 'sent' })
			},
		}),
	]
}
