import type { Socket } from 'node:net'
import type { WASocket } from '@whiskeysockets/baileys'
import type { WebSocket } from 'ws'

export type WriteBarrier = {
	/** Resolves when every commit so far is durable; undefined if it is now. */
	settled(): Promise<void> | undefined
	/** Whether frames may leave at this moment; undefined where nobody else can have the session. */
	mayLeave?: (() => boolean) | undefined
}

/**
 * Holds each frame until every earlier commit is durable, and keeps the frames in order. If a commit fails, the frame is
 * never sent. Baileys goes on meanwhile: ratchet steps of many messages then share one write to the disk. Where frames
 * may not leave any more the connection ends without a further one.
 */
export function installWriteBarrier({ ws }: WASocket, { settled, mayLeave }: WriteBarrier): void {
	const wire = wireOf(ws)
	const write = wire.send.bind(wire) as (data: unknown, done?: unknown) => void
	const shut = wire.close.bind(wire)
	let ahead: Promise<void> | undefined
	/** Closing was asked for: what comes after that is not sent. */
	let isClosing = false

	function send(data: unknown, done?: unknown) {
		if (mayLeave?.() === false) return wire.terminate()
		gatherTick(wire)
		write(data, done)
	}

	function close(code?: number, reason?: string | Buffer) {
		// Closing tells the other side, by a frame.
		if (mayLeave?.() === false) return wire.terminate()
		shut(code, reason)
	}

	function afterwards(act: () => void) {
		const mine: Promise<void> = Promise.all([ahead, settled()]).then(act, () => {})
		ahead = mine
		void mine.finally(() => {
			if (ahead === mine) ahead = undefined
		})
	}

	wire.send = (data: unknown, done?: unknown) => {
		if (!isClosing && !ahead && !settled()) return send(data, done)
		if (!isClosing)
			afterwards(() => {
				if (wire.readyState === wire.OPEN) send(data)
			})
		if (typeof done === 'function') done()
	}
	wire.close = (code, reason) => {
		isClosing = true
		if (!ahead) return close(code, reason)
		void ahead.then(() => close(code, reason))
	}
}

/**
 * Has all frames of this tick leave in one system call: after a write to the disk those are all that waited for it. A call
 * costs more than all else that a receipt takes.
 */
function gatherTick(wire: WebSocket): void {
	const socket = tcpOf(wire)
	if (!socket || socket.writableCorked) return
	socket.cork()
	process.nextTick(() => socket.uncork())
}

/** The socket below, which `ws` does not show in its types. Without it every frame leaves alone. */
const tcpOf = (wire: WebSocket) => (wire as unknown as { _socket?: Socket | null })._socket

// Baileys keeps the method of its own wrapper at the start, so only what lies below can be replaced. It is
// not part of its types; that frames do wait is what the witness test proves.
function wireOf(ws: WASocket['ws']): WebSocket {
	const { socket } = ws as unknown as { socket: WebSocket | null }
	if (!socket) throw new Error('Baileys opened no socket')
	return socket
}
