/** Saves what changes in one go, some time later: a crash before that costs repetitions only. */
export function createSaver(
	save: () => Promise<void>,
	everyMs: number,
	failed: (error: unknown) => void,
) {
	let timer: NodeJS.Timeout | undefined
	let saving: Promise<void> = Promise.resolve()

	function flush(): Promise<void> {
		clearTimeout(timer)
		timer = undefined
		saving = saving.then(save).catch(failed)
		return saving
	}

	return {
		touch: () => void (timer ??= setTimeout(flush, everyMs).unref()),
		/** Saves now; resolves when that is done. */
		flush,
	}
}
