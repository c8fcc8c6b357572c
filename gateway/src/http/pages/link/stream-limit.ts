import { GatewayError } from '../../../errors.ts'

/** Tabs of one browser, and streams of which nobody knows yet that they are gone. */
const MAX_STREAMS = 4

/**
 * Bounds how many streams there are at once under a name.
 * @example
 * const limit = limitStreams()
 * return limit(link.id, () => linkNewsStream(options))
 */
export function limitStreams() {
	const open = new Map<string, number>()
	/** @throws GatewayError rate_limited, if there are too many */
	return function limited(
		name: string,
		make: () => ReadableStream<Uint8Array>,
	): ReadableStream<Uint8Array> {
		const count = open.get(name) ?? 0
		if (count >= MAX_STREAMS) {
			const advice = 'This page is open too often. Close the other ones.'
			throw new GatewayError('rate_limited', advice, { retryAfter: 5 })
		}
		open.set(name, count + 1)
		return withEnd(make(), () => {
			const left = open.get(name)! - 1
			if (left) open.set(name, left)
			else open.delete(name)
		})
	}
}

/** The same stream; `onEnd` is called once when it has ended or nobody reads it any more. */
function withEnd(stream: ReadableStream<Uint8Array>, onEnd: () => void) {
	const reader = stream.getReader()
	return new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				const { value, done } = await reader.read()
				if (!done) return controller.enqueue(value)
				onEnd()
				controller.close()
			},
			cancel() {
				onEnd()
				return reader.cancel()
			},
		},
		{ highWaterMark: 0 },
	)
}
