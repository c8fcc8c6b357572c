import { DisconnectReason, type WASocket } from '@whiskeysockets/baileys'

const HANDSHAKE_TIMEOUT_MS = 20_000

/** Ends a connection whose server has not answered the handshake in time. Afterwards the idle timeout watches it. */
export function endSlowHandshake({ ws, ev, end }: WASocket, limitMs = HANDSHAKE_TIMEOUT_MS): void {
	const timer = setTimeout(() => void end(slowHandshake()), limitMs)
	const stop = () => clearTimeout(timer)
	ws.once('frame', stop)
	ev.on('connection.update', ({ connection }) => {
		if (connection === 'close') stop()
	})
}

class SlowHandshakeError extends Error {
	override name = 'SlowHandshakeError'
	readonly output = { statusCode: DisconnectReason.timedOut }
}

/** What a connection ends with whose server has not answered in time. */
export const slowHandshake = () =>
	new SlowHandshakeError('WhatsApp did not answer to the handshake')

/** Whether a connection was ended because its server had not answered in time. */
export const isSlowHandshake = (error: unknown) => error instanceof SlowHandshakeError
