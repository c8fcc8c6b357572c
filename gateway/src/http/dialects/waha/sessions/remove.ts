import { requireAction, requireManager } from '../../../api-keys/caller.ts'
import type { Call, Services } from '../../dialect.ts'
import { sessionNamed } from '../session.ts'

/**
 * Logs a session out and deletes it. One that is not there is no error to who may see all.
 * @throws GatewayError forbidden
 */
export async function removeSession(
	services: Pick<Services, 'sessions'>,
	call: Pick<Call, 'c' | 'caller'>,
	name: string,
	...missing: [Parameters<typeof sessionNamed>[3]?]
): Promise<void> {
	const { caller } = call
	requireAction(caller, 'delete')
	if (caller.role === 'admin' && !services.sessions.find(name)) return
	const { id, view } = sessionNamed(services, call, name, ...missing)
	// A key that was made to delete may, without a right to create.
	if (!caller.actions) requireManager(caller, view().workspace)
	await services.sessions.remove(id)
}
