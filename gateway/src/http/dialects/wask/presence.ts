import { z } from '@hono/zod-openapi'
import { showChatstate, type Chatstate } from '../../../session/actions/presence.ts'
import { endpoint, type Call, type Endpoint, type Services } from '../dialect.ts'
import { successResponse, toField } from './fields.ts'
import { sessionOf } from './session.ts'

/** `POST /sessions/{id}/typing` and `…/recording`. */
export function presence(services: Services): Endpoint[] {
	async function show(call: Call, to: string, state: Chatstate) {
		await sessionOf(services, call).withSocket((deps) => showChatstate(deps, to, state))
		return call.c.json({ success: true })
	}
	return [
		endpoint({
			method: 'post',
			path: '/{id}/typing',
			summary: 'Show or hide the typing indicator',
			body: z.object({ to: toField, isTyping: z.boolean() }),
			response: successResponse,
			run: (call) => show(call, call.body.to, call.body.isTyping ? 'typing' : 'paused'),
		}),
		endpoint({
			method: 'post',
			path: '/{id}/recording',
			summary: 'Show or hide the recording indicator',
			body: z.object({ to: toField, isRecording: z.boolean() }),
			response: successResponse,
			run: (call) => show(call, call.body.to, call.body.isRecording ? 'recording' : 'paused'),
		}),
	]
}
