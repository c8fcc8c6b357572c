import { createMutex } from '../../../lib/keyed-mutex.ts'
import { perSocket } from '../../per-socket.ts'
import type { SessionDeps } from '../../session-deps.ts'

const turnOf = perSocket(createMutex)

/**
 * Changes groups, one change of an account at a time: WhatsApp answers some at once with 429. What was known of the
 * group is forgotten, also after a failure: the change may have been made all the same.
 */
export async function changeGroup<T>(
	{ socket, groups }: Pick<SessionDeps, 'socket' | 'groups'>,
	jid: string | undefined,
	act: () => Promise<T>,
): Promise<T> {
	return turnOf(socket)(act).finally(() => groups.forget([jid]))
}
