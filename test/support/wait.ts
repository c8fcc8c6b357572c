/**
 * Waits until a condition holds, looking again every few milliseconds. The timeout only bounds a failure: it is long
 * enough for a machine that does much else.
 * @throws when the condition never holds
 */
export async function until<T>(
	what: string,
	condition: () => T | Promise<T>,
	{ timeout = 30_000 } = {},
): Promise<NonNullable<Exclude<T, false>>> {
	const end = Date.now() + timeout
	for (;;) {
		const result = await condition()
		if (result) return result as NonNullable<Exclude<T, false>>
		if (Date.now() > end) throw new Error(`not within ${timeout} ms: ${what}`)
		await new Promise((resolve) => setTimeout(resolve, 10))
	}
}
