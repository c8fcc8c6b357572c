import { isGatewayError, type GatewayError } from '../errors.ts'
import type { Keys } from '../http/api-keys/store.ts'
import { sessionIdOf } from '../http/dialects/evolution/instance-ids.ts'
import { deviceChanges } from '../session/import-baileys/stored-device.ts'
import type { Session } from '../session/session.ts'
import type { FoundContent, FoundKey, FoundSession, ImportTarget } from './found-session.ts'

/** How taking over a session has ended, for people. */
export type TakeOver = { outcome: 'taken' | 'skipped'; text: string; notes: string[] }

export type TakeOverOptions = {
	/** Whether its webhooks come along. */
	withWebhooks: boolean
	/** Says how it would end, and does nothing. */
	onlyLook: boolean
}

/** The name under which a session keeps that its import is not complete yet. */
const UNDER_WAY = 'import'

/**
 * Takes over a session: its device first, then what belongs to it. One that was interrupted is completed by the next;
 * a session that exists otherwise is left as it is.
 * @param dialect the name under which the other system's own data is kept
 * @throws ImportError, GatewayError webhook_target_refused before anything is done
 */
export async function takeOver(
	target: ImportTarget,
	dialect: string,
	{ name, refusal, ...found }: FoundSession,
	{ withWebhooks, onlyLook }: TakeOverOptions,
): Promise<TakeOver> {
	if (refusal !== undefined || !('content' in found))
		return { outcome: 'skipped', text: `${name} is not taken: ${refusal}`, notes: [] }
	const id = sessionIdOf(name)
	const known = target.sessions.find(id)
	if (known && !isUnderWay(known, dialect)) {
		const text = `${name} is not taken: session ${id} exists already, and was left as it is.`
		return { outcome: 'skipped', text, notes: [] }
	}
	const { content } = found
	if (withWebhooks) for (const url of content.webhooks) await target.webhooks.check({ url }, true)
	if (onlyLook) return { outcome: 'taken', text: `${name} becomes session ${id}.`, notes: [] }
	const notes: string[] = []
	const session = known ?? (await adopt(target, dialect, name, content, notes))
	notes.push(...(await addKeys(target.keys, content.keys, [id])))
	await content.finish?.(target, session, withWebhooks)
	await session.setWanted(content.connects)
	await session.setDialectData(UNDER_WAY, {})
	return { outcome: 'taken', text: `${name} is session ${id} now.`, notes }
}

const isUnderWay = (session: Session, dialect: string) =>
	session.dialectData(UNDER_WAY).dialect === dialect

async function adopt(
	{ sessions }: ImportTarget,
	dialect: string,
	name: string,
	{ device, metadata, proxy, data }: FoundContent,
	notes: string[],
): Promise<Session> {
	const skipped = (key: string) => notes.push(`The key ${key} cannot be read, and was left out.`)
	const changes = await deviceChanges(device, skipped)
	return sessions.adopt(sessionIdOf(name), changes, {
		...{ name, metadata, proxy },
		wanted: false,
		dialect_data: { [dialect]: data, [UNDER_WAY]: { dialect } },
	})
}

/**
 * Adds keys, unless they are there already.
 * @param sessions those that they are for; undefined for all
 * @returns what could not be done, a sentence each
 */
export async function addKeys(
	keys: Keys,
	found: readonly FoundKey[],
	sessions?: string[],
): Promise<string[]> {
	const notes: string[] = []
	for (const key of found) {
		const known = keys
			.list()
			.some(({ name, ...rest }) => name === key.name && isSame(rest, sessions))
		if (known) continue
		try {
			await keys.add({ ...key, sessions })
		} catch (error) {
			if (!isRefused(error)) throw error
			notes.push(`The key ${JSON.stringify(key.name)} was not taken over: ${error.message}`)
		}
	}
	return notes
}

const isSame = ({ sessions }: { sessions: string[] | null }, wanted: string[] | undefined) =>
	JSON.stringify(sessions) === JSON.stringify(wanted ?? null)

const isRefused = (error: unknown): error is GatewayError =>
	isGatewayError(error, 'name_taken') || isGatewayError(error, 'invalid_request')
