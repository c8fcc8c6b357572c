import { z } from '@hono/zod-openapi'
import { rejectCall } from '../../../session/actions/calls/reject.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { actIn } from './act.ts'

/** `POST /api/{session}/calls/reject`. */
export const calls = (services: Services): Endpoint =>
	endpoint({
		method: 'post',
		path: '/api/{session}/calls/reject',
		summary: 'Reject a call',
		action: 'control',
		body: z.object({ from: z.string().min(1), id: z.string().min(1) }),
		response: 'empty',
		statuses: [201],
		async run(call) {
			const { id: call_id, from } = call.body
			await actIn(services, call, { call_id: 'id' }, (deps) => rejectCall(deps, { call_id, from }))
			return call.c.body(null, 201)
		},
	})
