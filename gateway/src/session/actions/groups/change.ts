import type { WASocket } from '@whiskeysockets/baileys'
import { createMutex, type Mutex } from '../../../lib/keyed-mutex.ts'
import type { SessionDeps } from '../../session-deps.ts'

const turns = new WeakMap<WASocket, Mutex>()

/**
 * Changes groups, one change of an account at a time: WhatsApp answers some at once with 429. What was known of the
 * group is forgotten, also after a failure: the change may have been made all the same.
 */
export async function changeGroup<T>(
	{ socket, groups }: Pick<SessionDeps, 'socket' | 'groups'>,
	jid: string | undefined,
	act: () => Promise<T>,
): Promise<T> {
	const inTurn = turns.get(socket) ?? createMutex()
	turns.set(socket, inTurn)
	return inTurn(act).finally(() => groups.forget([jid]))
}
