const LENGTH_BYTES = 3

/** Every Noise message travels behind its length, three bytes, big-endian. */
export function withLength(body: Uint8Array): Buffer {
	const frame = Buffer.allocUnsafe(LENGTH_BYTES + body.length)
	frame.writeUIntBE(body.length, 0, LENGTH_BYTES)
	frame.set(body, LENGTH_BYTES)
	return frame
}

/**
 * Cuts a byte stream into messages: WebSocket messages may hold parts of one or several at once.
 * The client opens the stream with `WA 06 03`, preceded by `ED 00 01` + routing data if it has any.
 */
export function frameReader(onIntro: (intro: Buffer) => void, onFrame: (body: Buffer) => void) {
	let pending: Buffer = Buffer.alloc(0)
	let introduced = false

	function takeIntro(): boolean {
		if (pending.length < 7) return false
		const routed = pending.toString('latin1', 0, 2) === 'ED'
		const start = routed ? 7 + pending.readUIntBE(4, 3) : 0
		if (pending.length < start + 4) return false
		onIntro(pending.subarray(start, start + 4))
		pending = pending.subarray(start + 4)
		return true
	}

	return (chunk: Buffer) => {
		pending = pending.length ? Buffer.concat([pending, chunk]) : chunk
		introduced ||= takeIntro()
		while (introduced && pending.length >= LENGTH_BYTES) {
			const end = LENGTH_BYTES + pending.readUIntBE(0, LENGTH_BYTES)
			if (pending.length < end) return
			const body = pending.subarray(LENGTH_BYTES, end)
			pending = pending.subarray(end)
			onFrame(body)
		}
	}
}
