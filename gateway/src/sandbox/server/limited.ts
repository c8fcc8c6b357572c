/** Faults that happen a limited number of times, each to one account. */
export class Limited<About, Outcome> {
	#entries: { concerns: (about: About) => boolean; outcome: Outcome; times: number }[] = []

	add(concerns: (about: About) => boolean, outcome: Outcome, times: number): void {
		this.#entries.push({ concerns, outcome, times })
	}

	/** Uses one up. @returns undefined if there is none left */
	take(about: About): Outcome | undefined {
		const entry = this.#entries.find(({ concerns }) => concerns(about))
		if (!entry) return undefined
		if (--entry.times === 0) this.#entries = this.#entries.filter((other) => other !== entry)
		return entry.outcome
	}
}
