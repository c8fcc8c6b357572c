import { fine, warning, type Check } from '../check.ts'
import { inUnits } from '../in-units.ts'

/** One linked session takes some 160 MB, and files and many messages more (docs/benchmarks.md). */
const LITTLE_BYTES = 256 * 1024 ** 2

export const memoryCheck: Check = {
	name: 'memory',
	title: 'Memory',
	run: ({ machine: { memory } }) =>
		memory < LITTLE_BYTES
			? warning(
					`The gateway may use only ${inUnits(memory)} of memory, and is ended when it needs more.`,
					'Give it 256 MB or more: raise the limit of its container or service.',
				)
			: fine(`The gateway may use ${inUnits(memory)} of memory.`),
}
