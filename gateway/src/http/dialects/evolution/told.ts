/** An event of Evolution: its name and what it says. */
export type EvolutionEvent = {
	name: string
	data: unknown
	/** The message whose file may be in it. */
	file?: { messageId: string } | undefined
	/** What stands in the envelope besides. */
	extras?: Record<string, unknown>
}
