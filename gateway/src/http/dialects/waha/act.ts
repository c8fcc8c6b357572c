import type { SessionDeps } from '../../../session/session-deps.ts'
import type { Call, Services } from '../dialect.ts'
import { withForeignFieldNames, type FieldNames } from '../foreign-field-names.ts'
import { workingSession } from './session.ts'

/** Runs an action in the session of a request, once that is connected; errors name fields as WAHA does. */
export async function actIn<T>(
	services: Pick<Services, 'sessions'>,
	call: Call,
	names: FieldNames,
	act: (deps: SessionDeps) => Promise<T>,
): Promise<T> {
	const session = await workingSession(services, call)
	return withForeignFieldNames(names, () => session.withSocket(act))
}
