import qrcode from 'qrcode'
import type { GatewayEvent } from '../events/index.ts'

type Print = (text: string) => void

/** Writes a line to the terminal. */
export const print: Print = (text) => void process.stdout.write(`${text}\n`)

/** Follows the linking of sessions on the terminal. A QR is drawn, so that it can be scanned. */
export function linkingGuide(address: () => string, print: Print) {
	return async function guide({ type, session, data }: GatewayEvent): Promise<void> {
		if (type === 'session.qr' && data.qr) print(await qrText(session, data.qr, address()))
		if (type !== 'session.status') return
		if (data.status === 'open') print(`Session ${session} is linked and connected.`)
		if (data.status === 'created' || data.status === 'logged_out') {
			print(
				`Session ${session}: ${data.last_disconnect?.advice ?? 'not linked.'} ${whereQr(session, address())}`,
			)
		}
	}
}

/** The text that shows the API key which the first start has made. */
export function firstKeyText(key: string): string {
	return [
		'',
		'API key with full access, made now and shown this once. Keep it:',
		'',
		`  ${key}`,
		'',
	].join('\n')
}

async function qrText(session: string, qr: string, address: string) {
	const picture = await qrcode.toString(qr, { type: 'terminal', small: true })
	const advice = `Link session ${session}: WhatsApp on the phone, Linked devices, Link a device, and scan this.`
	return `\n${picture}\n${advice}\n${whereQr(session, address)}\n`
}

function whereQr(session: string, address: string) {
	return `As a picture: curl -H "X-API-Key: $KEY" "${address}/api/v1/sessions/${session}/qr?format=png" > qr.png`
}
