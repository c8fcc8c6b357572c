import { z } from '@hono/zod-openapi'
import { isGatewayError } from '../../../errors.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { connectionState } from './connection-states.ts'
import { refused } from './errors.ts'
import { sessionOf } from './session.ts'

/** `DELETE /instance/logout/{instance}` and `DELETE /instance/delete/{instance}`. */
export const instanceEnds = (services: Services): Endpoint[] => [
	endpoint({
		method: 'delete',
		path: '/instance/logout/{instance}',
		summary: 'Unlink the phone of an instance',
		response: doneSchema,
		async run(call) {
			const session = sessionOf(services, call)
			if (connectionState(session.view().status) !== 'open')
				throw refused(`The "${call.param('instance')}" instance is not connected`)
			await session.logout()
			return call.c.json(doneWith('Instance logged out'))
		},
	}),
	endpoint({
		method: 'delete',
		path: '/instance/delete/{instance}',
		summary: 'Unlink and delete an instance, with its key',
		response: doneSchema,
		async run(call) {
			await removeInstance(services, sessionOf(services, call).id)
			return call.c.json(doneWith('Instance deleted'))
		},
	}),
]

const doneSchema = z.object({
	status: z.literal('SUCCESS'),
	error: z.literal(false),
	response: z.object({ message: z.string() }),
})

const doneWith = (message: string): z.output<typeof doneSchema> => ({
	status: 'SUCCESS',
	error: false,
	response: { message },
})

/** Removes an instance with its key. */
export async function removeInstance(services: Services, id: string): Promise<void> {
	await services.sessions.remove(id)
	await removeKeysOf(services, id)
}

/** Another request has removed it at the same time. */
function ifGone(error: unknown): void {
	if (!isGatewayError(error, 'key_not_found')) throw error
}

/** A key that opens this session alone opens nothing any more: another session of that name must not inherit it. */
async function removeKeysOf({ keys }: Services, session: string): Promise<void> {
	const own = keys
		.list()
		.filter(({ sessions }) => sessions?.length === 1 && sessions[0] === session)
	for (const { id } of own) await keys.remove(id).catch(ifGone)
}
