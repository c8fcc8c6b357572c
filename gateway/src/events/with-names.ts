import type { Identity } from './identity.ts'
import type { NewEvent } from './index.ts'

/**
 * A copy of an event in which people and chats have their names.
 * @param names finds the name of an identity that has none, null if it is not known; and its username
 */
export function withNames(event: NewEvent, names: KnownNames): NewEvent {
	return { ...event, data: named(event.data) } as NewEvent

	function named(value: unknown): unknown {
		if (Array.isArray(value)) return value.map(named)
		if (!isRecord(value)) return value
		if (isIdentity(value)) return withName(value)
		return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, named(each)]))
	}

	function withName(known: Identity): Identity {
		const username = known.username ?? names.usernameOf(known)
		return { ...known, name: known.name || names.of(known), ...(username && { username }) }
	}
}

export type KnownNames = {
	of(known: Identity): string | null
	usernameOf(known: Identity): string | undefined
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

const isIdentity = (value: Record<string, unknown>): value is Identity & Record<string, unknown> =>
	['id', 'phone', 'lid', 'name'].every((field) => field in value)
