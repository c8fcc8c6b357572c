import { z } from '@hono/zod-openapi'
import { showChatstate, type Chatstate } from '../../../session/actions/presence.ts'
import { markRead } from '../../../session/actions/mark-read.ts'
import { endpoint, type Call, type Endpoint, type Services } from '../dialect.ts'
import { withForeignFieldNames } from '../names.ts'
import { done, to } from './fields.ts'
import { sessionOf } from './session.ts'

/** `POST /sessions/{id}/typing`, `…/recording` and `…/read`. */
export function marks(services: Services): Endpoint[] {
	async function show(call: Call, to: string, state: Chatstate) {
		await sessionOf(services, call).withSocket((memory) => showChatstate(memory, to, state))
		return call.c.json({ success: true })
	}
	return [
		endpoint({
			method: 'post',
			path: '/{id}/typing',
			summary: 'Show that a text is being typed, or no longer',
			body: z.object({ to, isTyping: z.boolean() }),
			answer: done,
			run: (call) => show(call, call.body.to, call.body.isTyping ? 'typing' : 'paused'),
		}),
		endpoint({
			method: 'post',
			path: '/{id}/recording',
			summary: 'Show that a voice note is being recorded, or no longer',
			body: z.object({ to, isRecording: z.boolean() }),
			answer: done,
			run: (call) => show(call, call.body.to, call.body.isRecording ? 'recording' : 'paused'),
		}),
		endpoint({
			method: 'post',
			path: '/{id}/read',
			summary: 'Mark messages as read',
			body: z.object({
				chatId: to,
				messageIds: z.array(z.string().min(1)).min(1).max(1_000),
				sender: to.optional().meta({
					description: 'In a group: who wrote messages that are no longer remembered',
				}),
			}),
			answer: done,
			async run(call) {
				const { chatId: chat, messageIds: message_ids, sender } = call.body
				const session = sessionOf(services, call)
				await withForeignFieldNames({ chat_jid: 'chatId' }, () =>
					session.withSocket((memory) => markRead(memory, { chat, message_ids, sender })),
				)
				return call.c.json({ success: true })
			},
		}),
	]
}
