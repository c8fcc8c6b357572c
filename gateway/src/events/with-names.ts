import type { Identity } from './identity.ts'
import type { NewEvent } from './index.ts'

/**
 * A copy of an event in which people and chats have their names.
 * @param nameOf finds the name of an identity that has none; null if it is not known
 */
export function withNames(event: NewEvent, nameOf: (known: Identity) => string | null): NewEvent {
	return { ...event, data: named(event.data) } as NewEvent

	function named(value: unknown): unknown {
		if (Array.isArray(value)) return value.map(named)
		if (!isRecord(value)) return value
		if (isIdentity(value) && !value.name) return { ...value, name: nameOf(value) }
		return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, named(each)]))
	}
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

const isIdentity = (value: Record<string, unknown>): value is Identity & Record<string, unknown> =>
	['id', 'phone', 'lid', 'name'].every((field) => field in value)
