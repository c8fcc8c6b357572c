import type { WASocket } from '@whiskeysockets/baileys'

/** How often the server is asked whether it is there. */
export const KEEPALIVE_MS = 20_000

/** Two questions without an answer. */
const IDLE_TIMEOUT_MS = 2 * KEEPALIVE_MS

type RawSocket = { socket: { terminate(): void } | null }

/** Hangs up where nobody speaks any more. Baileys would say goodbye, and wait 30 s for the answer to that. */
export function endIdleConnection({ ws, ev }: WASocket, silenceMs = IDLE_TIMEOUT_MS): void {
	const hangUp = () => (ws as unknown as RawSocket).socket?.terminate()
	const timer = setTimeout(hangUp, silenceMs).unref()
	ws.on('frame', () => void timer.refresh())
	ev.on('connection.update', ({ connection }) => {
		if (connection === 'close') clearTimeout(timer)
	})
}
