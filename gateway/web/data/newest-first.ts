import type { GatewayEvent } from '../../src/events/index.ts'

/** The order of a list of events. Of those of one millisecond, the log of their number says which came first. */
export function newestFirst(a: GatewayEvent, b: GatewayEvent): number {
	if (a.timestamp === b.timestamp) return b.seq - a.seq
	return a.timestamp < b.timestamp ? 1 : -1
}
