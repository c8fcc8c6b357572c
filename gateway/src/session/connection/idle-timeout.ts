import type { WASocket } from '@whiskeysockets/baileys'

/** How often Baileys pings the server. */
export const KEEPALIVE_MS = 20_000

/** Two pings without an answer. */
const IDLE_TIMEOUT_MS = 2 * KEEPALIVE_MS

type RawSocket = { socket: { terminate(): void } | null }

/** Ends a connection on which no frame arrives any more. Baileys would log out politely, and wait 30 s for the answer. */
export function endIdleConnection({ ws, ev }: WASocket, silenceMs = IDLE_TIMEOUT_MS): void {
	const hangUp = () => (ws as unknown as RawSocket).socket?.terminate()
	const timer = setTimeout(hangUp, silenceMs).unref()
	ws.on('frame', () => void timer.refresh())
	ev.on('connection.update', ({ connection }) => {
		if (connection === 'close') clearTimeout(timer)
	})
}
