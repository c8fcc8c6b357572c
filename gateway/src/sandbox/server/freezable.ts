import type { WebSocket } from 'ws'

/** A connection that can freeze: it stays, but nothing passes in either direction. */
export function freezable(socket: WebSocket) {
	let timer: NodeJS.Timeout | undefined
	const held: (() => void)[] = []

	function thaw() {
		if (!timer) return
		clearTimeout(timer)
		timer = undefined
		socket.resume()
		for (const act of held.splice(0)) act()
	}

	return {
		/** Acts on the connection now, or after it has frozen. */
		pass(act: () => void): void {
			if (timer) held.push(act)
			else act()
		},
		freeze(milliseconds: number): void {
			clearTimeout(timer)
			socket.pause()
			timer = setTimeout(thaw, milliseconds).unref()
		},
		/** Ends the frost before its time. */
		thaw,
		end: () => clearTimeout(timer),
	}
}
