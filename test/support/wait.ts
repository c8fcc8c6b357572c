/** Waits until a condition holds, looking again every few milliseconds. @throws when it never does */
export async function until<T>(
	what: string,
	condition: () => T | Promise<T>,
	{ timeout = 10_000 } = {},
): Promise<NonNullable<Exclude<T, false>>> {
	const end = Date.now() + timeout
	for (;;) {
		const result = await condition()
		if (result) return result as NonNullable<Exclude<T, false>>
		if (Date.now() > end) throw new Error(`not within ${timeout} ms: ${what}`)
		await new Promise((resolve) => setTimeout(resolve, 10))
	}
}
