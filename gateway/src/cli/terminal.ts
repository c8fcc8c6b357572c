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

/**
 * How to get a session with a simulated person.
 * @param sandbox the URL of one in another process, or true
 * @param hasPages whether the gateway serves its pages
 */
export function sandboxGuide(address: string, sandbox: string | true, hasPages: boolean): string {
	const post = (path: string, body: object) =>
		`  curl -H "X-API-Key: $KEY" -H "Content-Type: application/json" -d '${JSON.stringify(body)}' ${path}`
	const phones = `${sandbox === true ? address : sandbox.replace(/\/$/, '')}/sandbox/phones`
	const phone = '491700000001'
	const sessions = `${address}/api/v1/sessions`
	const qr = `curl -s -H "X-API-Key: $KEY" ${sessions}/main/qr`
	const scan =
		sandbox === true
			? post(`${phones}/${phone}/scan`, { session: 'main' })
			: `  ${qr} | curl -H "Content-Type: application/json" -d @- ${phones}/${phone}/scan`
	return [
		'There is no session yet. Make one, add a person, and let their phone scan the QR:',
		'',
		post(sessions, { id: 'main' }),
		post(phones, { phone, name: 'Owner' }),
		scan,
		'',
		...(sandbox === true && hasPages
			? [`Their phones in a browser: ${address}/console/phone`]
			: []),
		'docs/simulated-whatsapp.md has what these people can do.',
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
