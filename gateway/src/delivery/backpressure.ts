/** A session that can stop taking from WhatsApp, which keeps what comes meanwhile. */
export type Tap = {
	hold(reason: string, advice: string): Promise<void>
	release(): Promise<void>
}

/**
 * Nothing is thrown away because a receiver is down for long: when as many events wait as the budget allows,
 * the session takes no more from WhatsApp until half of them are delivered.
 */
export function createBacklog(budget: number, failed: (error: unknown) => void) {
	const held = new Set<string>()
	return {
		/** Looks at how many events wait in a session. */
		judge(session: string, waiting: number, tap: () => Tap) {
			const turn = (act: (tap: Tap) => Promise<void>) =>
				void Promise.resolve().then(tap).then(act).catch(failed)
			if (waiting >= budget) {
				held.add(session)
				// Each time: somebody may have connected it meanwhile.
				turn(({ hold }) => hold('delivery_backlog', advice(waiting)))
			} else if (waiting <= budget / 2 && held.delete(session)) turn(({ release }) => release())
		},
	}
}

const advice = (waiting: number) =>
	`${waiting} events wait for webhooks that do not take them. WhatsApp keeps what comes meanwhile. ` +
	'Mend, disable or remove these webhooks; the session connects again by itself.'
