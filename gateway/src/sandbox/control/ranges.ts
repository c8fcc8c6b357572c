/** The first and last byte that a request asks for. */
export type ByteRange = { start: number; end: number }

/**
 * Reads the header `Range` for one range of bytes.
 * @returns undefined where none is asked for, or none that can be read: the whole file is the answer then; `outside` for
 * one that the file does not have
 */
export function byteRange(
	header: string | undefined,
	size: number,
): ByteRange | 'outside' | undefined {
	const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
	if (from === undefined || (!from && !to)) return undefined
	// `bytes=-500` are the last 500.
	const start = from ? Number(from) : Math.max(0, size - Number(to))
	const end = from && to ? Math.min(Number(to), size - 1) : size - 1
	return start > end ? 'outside' : { start, end }
}
