/** How long a batch waits for an item that does not come, after the last one that did. */
const PATIENCE_MS = 1_000
/** After so long without news a batch is forgotten. */
const FORGET_MS = 60_000

type Batch = { next: number; waiting: Map<number, (() => void)[]>; timer?: NodeJS.Timeout }

/**
 * Puts the items of a batch into their order. n8n sends all items of a run at once, each by itself; who
 * reads the chat expects them as the workflow listed them.
 */
export function createBatchOrder(patienceMs = PATIENCE_MS) {
	const batches = new Map<string, Batch>()

	function pass(batch: Batch) {
		for (let all = batch.waiting.get(batch.next); all; all = batch.waiting.get(batch.next)) {
			batch.waiting.delete(batch.next++)
			for (const go of all) go()
		}
	}

	/** The missing item failed before it was sent, or is of another account: go on without it. */
	function giveUp(name: string, batch: Batch) {
		if (batch.waiting.size === 0) return batches.delete(name)
		batch.next = Math.min(...batch.waiting.keys())
		pass(batch)
		watch(name, batch)
	}

	function watch(name: string, batch: Batch) {
		clearTimeout(batch.timer)
		const wait = batch.waiting.size ? patienceMs : FORGET_MS
		batch.timer = setTimeout(() => giveUp(name, batch), wait).unref()
	}

	/** Resolves when every item before this one has passed, or is not waited for any longer. */
	return function waitForTurn(name: string, index: number): Promise<void> {
		const batch: Batch = batches.get(name) ?? { next: 0, waiting: new Map() }
		batches.set(name, batch)
		// One that comes again, or too late, has nobody to wait for.
		if (index < batch.next) return Promise.resolve()
		const turn = new Promise<void>((resolve) => {
			batch.waiting.set(index, [...(batch.waiting.get(index) ?? []), resolve])
		})
		// Not at once: who has come last would not be waiting yet, and go after those whom it lets pass.
		setImmediate(pass, batch)
		watch(name, batch)
		return turn
	}
}
