import { isGatewayError } from '../../../../errors.ts'
import type { Session } from '../../../../session/session.ts'
import type { Services } from '../../dialect.ts'

const DIALECT = 'waha'

/** A key for one thing of a session: its files, or its pairing. */
export type Purpose = 'media' | 'control'

/** What is kept of one: not the key. Each that is made anew has a higher number. */
type Kept = { id: string; number: number }

/**
 * The key of a session for one purpose: the same each time, as WAHA has it. It follows from the secret of the session,
 * so that it need not be kept. One that was deleted or changed is made anew.
 */
export async function keyFor(
	{ keys }: Pick<Services, 'keys'>,
	session: Session,
	purpose: Purpose,
): Promise<{ id: string; key: string }> {
	const data = session.dialectData(DIALECT)
	const known = (data.keys ?? {}) as Partial<Record<Purpose, Kept>>
	const kept = known[purpose]
	const keyAt = (number: number) => `key_${session.derived(`waha ${purpose} ${number}`)}`
	if (kept) {
		const key = keyAt(kept.number)
		if (isAsMade(keys.callerWith(key), session.id, purpose)) return { id: kept.id, key }
		await keys.remove(kept.id).catch(ifThere)
	}
	const number = (kept?.number ?? 0) + 1
	const name = `${purpose} of session ${session.id}`
	const { id, key } = await keys.add({
		...{ name, role: 'member', sessions: [session.id], actions: [purpose], key: keyAt(number) },
	})
	const made: Kept = { id, number }
	await session.setDialectData(DIALECT, { ...data, keys: { ...known, [purpose]: made } })
	return { id, key }
}

function isAsMade(
	caller: ReturnType<Services['keys']['callerWith']>,
	session: string,
	purpose: Purpose,
): boolean {
	if (caller?.role !== 'member') return false
	return caller.sessions?.join() === session && caller.actions?.join() === purpose
}

function ifThere(error: unknown): void {
	if (!isGatewayError(error, 'key_not_found')) throw error
}
