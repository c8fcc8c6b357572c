import { randomBytes } from 'node:crypto'

/** What changed: new values by key, and the keys that are gone. */
export type FeedNews = { set: Record<string, unknown>; gone: string[] }
type Numbered = FeedNews & { id: string }
type Listener = (news: Numbered) => void

/** So many changes are kept for those who lose their connection. */
const KEPT = 500

/**
 * Tells what changes in a view, as values by key. While nobody listens it costs nothing: what changed meanwhile is found
 * out when somebody comes back.
 */
export class Feed {
	readonly #read: () => Record<string, unknown>
	/** A number alone could be one of an earlier process. */
	readonly #run = randomBytes(4).toString('hex')
	readonly #listeners = new Set<Listener>()
	#values = new Map<string, string>()
	#news: Numbered[] = []
	#count = 0

	constructor(read: () => Record<string, unknown>) {
		this.#read = read
	}

	/** The number of the newest change. */
	get id(): string {
		return `${this.#run}-${this.#count}`
	}

	/** All values, as of the last look. */
	values(): Record<string, unknown> {
		return Object.fromEntries([...this.#values].map(([key, json]) => [key, JSON.parse(json)]))
	}

	/** Looks for changes, and tells them. */
	refresh(): void {
		const values = new Map(
			Object.entries(this.#read()).map(([key, value]) => [key, JSON.stringify(value)]),
		)
		const changed = [...values].filter(([key, json]) => this.#values.get(key) !== json)
		const gone = [...this.#values.keys()].filter((key) => !values.has(key))
		this.#values = values
		if (!changed.length && !gone.length) return
		this.#count++
		const set = Object.fromEntries(changed.map(([key, json]) => [key, JSON.parse(json)]))
		const news = { id: this.id, set, gone }
		this.#news = [...this.#news, news].slice(-KEPT)
		for (const listener of this.#listeners) listener(news)
	}

	/** @returns what changed after that number; undefined where nobody knows any more */
	since(id: string | undefined): Numbered[] | undefined {
		const [run, count] = id?.split('-') ?? []
		const missed = this.#count - Number(count)
		if (run !== this.#run || !(missed >= 0 && missed <= this.#news.length)) return undefined
		return missed ? this.#news.slice(-missed) : []
	}

	/** @returns ends it */
	listen(listener: Listener): () => void {
		this.#listeners.add(listener)
		return () => void this.#listeners.delete(listener)
	}
}
