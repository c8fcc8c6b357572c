import type { Progress } from '../phone/state.ts'
import type { Tick } from './bubble.ts'

const STEPS: Tick[] = ['sent', 'delivered', 'read', 'played']

/**
 * How far a message got: as far as the slowest of those who get it.
 * @param people how many get it; undefined where nobody knows: then the fastest counts
 */
export function tickOf(progress: Progress | undefined, people: number | undefined): Tick {
	if (progress?.refusal !== undefined) return 'refused'
	const reached = Object.values(progress?.people ?? {}).map((step) => STEPS.indexOf(step))
	if (!progress?.acked) return 'waiting'
	const isTold = people === undefined ? reached.length > 0 : reached.length >= Math.max(people, 1)
	if (!isTold) return 'sent'
	return STEPS[people === undefined ? Math.max(...reached) : Math.min(...reached)] ?? 'sent'
}
