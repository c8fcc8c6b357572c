/** A session that can pause. WhatsApp keeps new messages meanwhile. */
export type Pausable = {
	hold(reason: string, backlogAdvice: string): Promise<void>
	release(): Promise<void>
}

/**
 * Bounds the events that wait while a receiver is down, without losing any: when as many wait as the budget allows, the
 * session takes no more from WhatsApp until half of them are delivered.
 */
export function createBackpressure(budget: number, failed: (error: unknown) => void) {
	const held = new Set<string>()
	return {
		/** Pauses or resumes a session by the number of its waiting events. */
		check(session: string, waiting: number, source: () => Pausable) {
			const turn = (act: (source: Pausable) => Promise<void>) =>
				void Promise.resolve().then(source).then(act).catch(failed)
			if (waiting >= budget) {
				held.add(session)
				// Each time: it may have been connected by hand meanwhile.
				turn(({ hold }) => hold('delivery_backlog', advice(waiting)))
			} else if (waiting <= budget / 2 && held.delete(session)) turn(({ release }) => release())
		},
		/** The session is closed. */
		forget: (session: string) => void held.delete(session),
	}
}

const advice = (waiting: number) =>
	`${waiting} events wait for webhooks that do not accept them. WhatsApp keeps new messages meanwhile. ` +
	'Repair, disable or delete these webhooks; the session then connects again by itself.'
