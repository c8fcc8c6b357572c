import {
	buildPairingQRData,
	getBinaryNodeChild,
	getBinaryNodeChildren,
	DisconnectReason,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys'
import { HOUR_MS, SECOND_MS } from '../../lib/units.ts'
import type { AuthState } from '../signal/auth-state.ts'

/** Baileys shows its only QR code for so long: its own rotation would end the socket in the middle of a passkey ceremony. */
export const BAILEYS_QR_MS = 24 * HOUR_MS

/** As long as WhatsApp's own client shows a QR code. */
const qrLifetimes = { firstMs: 60 * SECOND_MS, nextMs: 20 * SECOND_MS }

/** No QR code was scanned in time: WhatsApp gives no more references for them. */
export class QrExpiredError extends Error {
	override name = 'QrExpiredError'
	readonly output = { statusCode: DisconnectReason.timedOut }
}

export type QrRotationOptions = {
	socket: Pick<WASocket, 'ws' | 'ev' | 'end'>
	auth: Pick<AuthState, 'creds'>
	browser: [string, string, string]
	show(qr: string, lifetimeMs: number): void
	lifetimes?: typeof qrLifetimes
}

/** Shows one QR code after the other, and ends the socket after the last one. @returns a function that stops it */
export function rotateQrCodes(options: QrRotationOptions): () => void {
	const { socket, auth, browser, show, lifetimes = qrLifetimes } = options
	const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
	let refs: string[] = []
	let timer: NodeJS.Timeout | undefined

	function showNext(lifetimeMs: number) {
		const ref = refs.shift()
		if (ref === undefined) return void socket.end(new QrExpiredError('no QR code was scanned'))
		const { noiseKey, signedIdentityKey, advSecretKey } = auth.creds
		const keys = [base64(noiseKey.public), base64(signedIdentityKey.public), advSecretKey] as const
		show(buildPairingQRData(ref, ...keys, browser), lifetimeMs)
		timer = setTimeout(showNext, lifetimeMs, lifetimes.nextMs).unref()
	}

	const stop = () => clearTimeout(timer)
	socket.ws.on('CB:iq,type:set,pair-device', (stanza: BinaryNode) => {
		stop()
		refs = refsOf(stanza)
		showNext(lifetimes.firstMs)
	})
	socket.ev.on('connection.update', ({ connection, isNewLogin }) => {
		if (connection === 'close' || isNewLogin) stop()
	})
	return stop
}

const refsOf = (stanza: BinaryNode): string[] =>
	getBinaryNodeChildren(getBinaryNodeChild(stanza, 'pair-device'), 'ref').map(({ content }) =>
		Buffer.from(content as Uint8Array).toString(),
	)
