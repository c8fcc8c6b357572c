import { DisconnectReason, type WASocket } from '@whiskeysockets/baileys'

const HANDSHAKE_TIMEOUT_MS = 20_000

/** Ends a connection whose server has not answered the handshake in time. Afterwards the idle timeout watches it. */
export function endSlowHandshake({ ws, ev, end }: WASocket, limitMs = HANDSHAKE_TIMEOUT_MS): void {
	const timer = setTimeout(() => void end(timedOut()), limitMs)
	const stop = () => clearTimeout(timer)
	ws.once('frame', stop)
	ev.on('connection.update', ({ connection }) => {
		if (connection === 'close') stop()
	})
}

function timedOut(): Error {
	const output = { statusCode: DisconnectReason.timedOut }
	return Object.assign(new Error('WhatsApp did not answer to the handshake'), { output })
}
