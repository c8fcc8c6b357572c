import type { IncomingMessage } from 'node:http'
import { DisconnectReason, type WASocket } from '@whiskeysockets/baileys'

/** An HTTP server has answered that is no WebSocket: a proxy, or the login page of a network. */
export class RefusedUpgradeError extends Error {
	override name = 'RefusedUpgradeError'
	// Not the status that it answered: a 401 of it unlinks nobody.
	readonly output = { statusCode: DisconnectReason.connectionClosed }
	readonly status: number | undefined

	constructor({ statusCode }: IncomingMessage) {
		super(`the server answers ${statusCode}`)
		this.status = statusCode
	}
}

/** Ends a connection that gets an HTTP answer. Baileys takes note of it and waits on (websocket.js, connect). */
export function endRefusedUpgrade({ ws, end }: WASocket): void {
	ws.once('unexpected-response', (_: unknown, answer: IncomingMessage) => {
		answer.resume()
		void end(new RefusedUpgradeError(answer))
	})
}
