import type { ActiveFault } from './active-fault.ts'

type Entry<About, Outcome> = {
	concerns: (about: About) => boolean
	outcome: Outcome
	times: number
	told: ActiveFault
}

/** Faults that happen a limited number of times, each to one account. */
export class Limited<About, Outcome> {
	#entries: Entry<About, Outcome>[] = []

	/** @param told how the fault is listed */
	add(
		concerns: (about: About) => boolean,
		outcome: Outcome,
		times: number,
		told: ActiveFault,
	): void {
		this.#entries.push({ concerns, outcome, times, told })
	}

	list(): ActiveFault[] {
		return this.#entries.map(({ told, times }) => ({ ...told, times }))
	}

	end(isMeant: (fault: ActiveFault) => boolean): void {
		this.#entries = this.#entries.filter(({ told }) => !isMeant(told))
	}

	/** Uses one up. @returns undefined if there is none left */
	take(about: About): Outcome | undefined {
		const entry = this.#entries.find(({ concerns }) => concerns(about))
		if (!entry) return undefined
		if (--entry.times === 0) this.#entries = this.#entries.filter((other) => other !== entry)
		return entry.outcome
	}
}
