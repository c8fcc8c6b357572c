/** An event of Evolution: its name and what it says. */
export type EvolutionEvent = {
	name: string
	data: unknown
	/** The message whose file may be in it. */
	file?: { messageId: string } | undefined
	/** What stands in the envelope besides. */
	extras?: Record<string, unknown>
	/** The same under other names, for a webhook that does not want the first one: one event of ours is told once. */
	others?: EvolutionEvent[]
}
