import { createKeyedMutex } from './keyed-mutex.ts'
import { SECOND_MS } from './units.ts'

/** How much may be used in each window of time; a window begins with the first use after the last one. */
export type Allowance = { most: number; windowSeconds: number }

/** A part of a window's allowance, to be used until the window ends. */
export type Block = {
	granted: number
	/** The rest of the window, for further blocks. */
	left: number
	/** Unix time in milliseconds. */
	endsAt: number
}

/** Takes a block of the window of a name. */
export type TakeBlock = (name: string, allowance: Allowance) => Promise<Block>

/** A use of an allowance: whether it is within it, and the rest after it. */
export type Use = { isWithin: boolean; left: number; endsAt: number }

/**
 * Counts uses by name, in windows.
 * @param take where several processes share the allowance; without it all of it is this one's
 * @example
 * const quota = createQuota({ most: 60, windowSeconds: 60 })
 * const { isWithin, left } = await quota.use('ada')
 */
export function createQuota(allowance: Allowance, take: TakeBlock = takeAll) {
	const blocks = new Map<string, Block>()
	const inTurn = createKeyedMutex()

	/** The block to be used now; undefined if there may be another one. */
	function currentBlock(name: string): Block | undefined {
		const block = blocks.get(name)
		const isOver = !block || block.endsAt <= Date.now() || (block.granted === 0 && block.left > 0)
		return isOver ? undefined : block
	}

	async function takeFor(name: string): Promise<Block> {
		const block = currentBlock(name) ?? (await take(name, allowance))
		blocks.set(name, block)
		return block
	}

	return {
		async use(name: string): Promise<Use> {
			for (;;) {
				const block = currentBlock(name) ?? (await inTurn(name, () => takeFor(name)))
				const isWithin = block.granted > 0
				// Others that waited for the same block have used it up.
				if (!isWithin && block.left > 0) continue
				if (isWithin) block.granted--
				return { isWithin, left: block.granted + block.left, endsAt: block.endsAt }
			}
		},
	}
}

const takeAll: TakeBlock = async (_, { most, windowSeconds }) => ({
	granted: most,
	left: 0,
	endsAt: Date.now() + windowSeconds * SECOND_MS,
})
