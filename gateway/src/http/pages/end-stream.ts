const CHECK_MS = 1000

/**
 * A response whose event stream ends within a second after `isOver`: what somebody may read while they are signed in
 * must not go on when they no longer are. Any other response stays as it is.
 */
export function endStreamWhen(response: Response, isOver: () => boolean): Response {
	if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return response
	const reader = response.body!.getReader()
	const end = () => {
		clearInterval(timer)
		return reader.cancel()
	}
	const timer = setInterval(() => void (isOver() && end()), CHECK_MS).unref()
	const body = new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				const { value, done } = await reader.read()
				if (!done) return controller.enqueue(value)
				clearInterval(timer)
				controller.close()
			},
			cancel: end,
		},
		{ highWaterMark: 0 },
	)
	return new Response(body, response)
}
