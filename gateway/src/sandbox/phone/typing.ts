import { personOf } from './person.ts'

/** Phones show that somebody types no longer than that, whatever they were told. */
const SHOWN_MS = 25_000

type State = 'composing' | 'recording'

/** Who types or records to this person, by the jid of the chat. */
export class Typing {
	readonly now = new Map<string, { from: string; state: State }>()
	readonly #timers = new Map<string, NodeJS.Timeout>()
	readonly #onChange: () => void

	constructor(onChange: () => void) {
		this.#onChange = onChange
	}

	/** @param state anything else than composing and recording ends it */
	note(from: string, state: string | undefined): void {
		this.stops(from)
		if (state !== 'composing' && state !== 'recording') return
		const person = personOf(from)
		this.now.set(person, { from: person, state })
		this.#timers.set(person, setTimeout(() => this.stops(from), SHOWN_MS).unref())
	}

	stops(from: string): void {
		const person = personOf(from)
		clearTimeout(this.#timers.get(person))
		this.#timers.delete(person)
		if (this.now.delete(person)) this.#onChange()
	}
}
