import { isGatewayError } from '../../../../errors.ts'
import type { Session } from '../../../../session/session.ts'
import type { Services } from '../../dialect.ts'

const DIALECT = 'waha'

/** A key for one thing of a session: its files, or its pairing. */
export type Purpose = 'media' | 'control'

type Kept = { id: string; key: string }

/**
 * The key of a session for one purpose: the same each time, so it is kept with the session, as links with keys in them
 * are. One that was deleted or changed is made anew.
 */
export async function keyFor(
	{ keys }: Pick<Services, 'keys'>,
	session: Session,
	purpose: Purpose,
): Promise<Kept> {
	const data = session.dialectData(DIALECT)
	const known = (data.keys ?? {}) as Partial<Record<Purpose, Kept>>
	const kept = known[purpose]
	if (kept && isAsMade(keys.callerWith(kept.key), session.id, purpose)) return kept
	if (kept) await keys.remove(kept.id).catch(ifThere)
	const name = `${purpose} of session ${session.id}`
	const { id, key } = await keys.add({
		...{ name, role: 'member', sessions: [session.id], actions: [purpose] },
	})
	const made = { id, key }
	await session.setDialectData(DIALECT, { ...data, keys: { ...known, [purpose]: made } })
	return made
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
