import { z } from '@hono/zod-openapi'
import { identity } from '../../../events/identity.ts'
import { rejectCall } from '../../../session/actions/calls/reject.ts'
import { createCallLink } from '../../../session/ask/calls.ts'
import { doneSaying, doneWithWords } from '../../openapi/schemas.ts'
import { defineRoute } from '../define-route.ts'
import { pageOf, pageQuery } from '../params.ts'

const callSchema = z
	.object({
		call_id: z.string(),
		chat: identity,
		sender: identity,
		group: identity.nullable(),
		video: z.boolean(),
		status: z.string().meta({ description: 'The last one, as in the event `call.received`' }),
		started_at: z.number().int().meta({ description: 'Unix time in seconds' }),
		updated_at: z.number().int(),
	})
	.openapi('Call')

/** Of links that open a call; the part after it says which one. */
const LINKS = {
	audio: 'https://call.whatsapp.com/voice/',
	video: 'https://call.whatsapp.com/video/',
}

/** Calls. */
export const callRoutes = [
	defineRoute({
		method: 'get',
		path: '/calls',
		summary: 'Get many calls',
		description: 'Get the calls that came in since the session was linked, the last 1,000.',
		query: pageQuery(),
		answer: z.object({ calls: z.array(callSchema), total: z.number().int() }),
		success: 'Newest first',
		node: { resource: 'call', name: 'Get Many', itemsOf: 'calls' },
		async run({ session, query }) {
			const { page, total } = pageOf(await session.calls(), query)
			return { calls: page.map(({ creator: _, ...call }) => call), total }
		},
	}),
	defineRoute({
		method: 'post',
		path: '/calls/reject',
		summary: 'Reject a call',
		description: 'While it rings: the event `call.received` has the status `offer` then.',
		body: z.object({
			call_id: z.string().min(1).max(200).meta({ title: 'Call ID' }),
			from: z.string().min(1).max(100).optional().meta({
				title: 'Caller',
				description: 'If given, only a call of this caller is rejected',
			}),
		}),
		answer: doneWithWords,
		node: { resource: 'call', name: 'Reject' },
		async run({ session, body }) {
			await session.withSocket((deps) => rejectCall(deps, body))
			return doneSaying('Call rejected')
		},
	}),
	defineRoute({
		method: 'post',
		path: '/calls/link',
		summary: 'Create a link to a call',
		description: 'Whoever has the link can join. Not verified against WhatsApp.',
		body: z.object({
			type: z.enum(['audio', 'video']).meta({ title: 'Type', examples: ['video'] }),
			start_time: z
				.number()
				.int()
				.positive()
				.optional()
				.meta({ title: 'Start Time', description: 'Of a planned call: Unix time in seconds' }),
		}),
		answer: z.object({ token: z.string(), link: z.url() }),
		node: { resource: 'call', name: 'Create Link' },
		async run({ session, body: { type, start_time } }) {
			const token = await session.withSocket(({ socket }) =>
				createCallLink(socket, type, start_time),
			)
			return { token, link: LINKS[type] + token }
		},
	}),
]
