import { z } from '@hono/zod-openapi'
import { isGatewayError } from '../../../errors.ts'
import { showChatstate, showPresence } from '../../../session/actions/presence.ts'
import type { Session } from '../../../session/session.ts'
import { endpoint, type Call, type Endpoint, type Services } from '../dialect.ts'
import { connectionState } from './connection-states.ts'
import { instanceNameOf } from './instance-ids.ts'
import { linkSchema, linkingStep } from './linking-step.ts'
import { sessionOf } from './session.ts'

const stateSchema = z.object({
	instance: z.object({
		instanceName: z.string(),
		state: z.enum(['open', 'close', 'connecting']),
	}),
})

/** Evolution says with 200 that it failed. */
const failed = z.object({ error: z.literal(true), message: z.string() })

const step = z.union([linkSchema, stateSchema, failed])

const presences = ['unavailable', 'available', 'composing', 'recording', 'paused'] as const

/** `/instance/connect`, `/instance/connectionState`, `/instance/restart` and `/instance/setPresence`. */
export function connections(services: Services): Endpoint[] {
	const restart = endpoint({
		method: 'post',
		path: '/instance/restart/{instance}',
		summary: 'Connect an instance anew',
		response: step,
		async run(call) {
			const session = sessionOf(services, call)
			if (connectionState(session.view().status) === 'close')
				return call.c.json(failure('The instance is not connected.'))
			await session.reconnect()
			return stepOf(call, session)
		},
	})
	return [
		endpoint({
			method: 'get',
			path: '/instance/connect/{instance}',
			summary: 'Connect an instance, with what links the phone if none is linked',
			query: z.object({
				number: z.string().optional().meta({ description: 'For a pairing code' }),
			}),
			response: step,
			run: (call) => stepOf(call, sessionOf(services, call)),
		}),
		endpoint({
			method: 'get',
			path: '/instance/connectionState/{instance}',
			summary: 'Show whether an instance is connected',
			response: stateSchema,
			run: (call) => call.c.json(stateOf(sessionOf(services, call))),
		}),
		restart,
		// As its documents have it.
		{ ...restart, method: 'put' },
		endpoint({
			method: 'post',
			path: '/instance/setPresence/{instance}',
			summary: 'Show whether the account is online',
			body: z.object({ presence: z.enum(presences) }),
			response: z.object({ presence: z.enum(presences) }),
			statuses: [201],
			async run(call) {
				const { presence } = call.body
				await sessionOf(services, call).withSocket(async (deps) => {
					if (presence === 'available' || presence === 'unavailable')
						await showPresence(deps, presence)
					// Evolution shows these to nobody: they need a chat.
					else await showChatstate(deps, ownJid(deps), chatstates[presence])
				})
				return call.c.json({ presence }, 201)
			},
		}),
	]
}

const chatstates = { composing: 'typing', recording: 'recording', paused: 'paused' } as const

const ownJid = ({ socket }: { socket: { user?: { id: string } | undefined } }) =>
	socket.user?.id.replace(/:\d+@/, '@') ?? ''

async function stepOf({ c }: Pick<Call, 'c'>, session: Session): Promise<Response> {
	try {
		if (session.view().me) {
			await session.connect()
			return c.json(stateOf(session))
		}
		return c.json(await linkingStep(session, c.req.query('number')))
	} catch (error) {
		if (isGatewayError(error)) return c.json(failure(error.message))
		throw error
	}
}

function stateOf(session: Session): z.output<typeof stateSchema> {
	const view = session.view()
	return { instance: { instanceName: instanceNameOf(view), state: connectionState(view.status) } }
}

const failure = (message: string): z.output<typeof failed> => ({ error: true, message })
