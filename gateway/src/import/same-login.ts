import type { FoundSession } from './found-session.ts'

/**
 * Refuses all but the first of sessions that have one login, as copies of a folder do: two connections with it would
 * make the messages of each other unreadable.
 */
export function refuseCopies(found: readonly FoundSession[]): FoundSession[] {
	const first = new Map<string, string>()
	return found.map((session) => {
		if (session.refusal !== undefined || !('content' in session)) return session
		const { noiseKey, registrationId } = session.content.device.creds as Record<string, unknown>
		const login = JSON.stringify([noiseKey, registrationId])
		const other = first.get(login)
		if (other === undefined) {
			first.set(login, session.name)
			return session
		}
		const refusal = `It has the same login as ${other}. To take this one in its place, name it with --only.`
		return { ...session, refusal }
	})
}
