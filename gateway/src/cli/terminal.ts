import { resolve } from 'node:path'
import type { Config } from '../config/settings.ts'
import type { GatewayEvent } from '../events/index.ts'
import { qrCode } from '../lib/qr-code.ts'
import { HOMEPAGE, VERSION } from '../lib/version.ts'

type Print = (text: string) => void

/** The settings that say where state is kept. */
type StatePlace = Pick<Config, 'DATA_DIR' | 'STATE_URL'>

/** Writes a line to the terminal. */
export const print: Print = (text) => void process.stdout.write(`${text}\n`)

/**
 * Where a browser finds the console; undefined if it is not served.
 * @param address where the gateway listens, which may stand for all addresses of this machine
 */
export function consoleAddress(
	address: string,
	{ CONSOLE, PUBLIC_URL }: Pick<Config, 'CONSOLE' | 'PUBLIC_URL'>,
): string | undefined {
	if (CONSOLE === 'off') return undefined
	const here = address.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:')
	return `${(PUBLIC_URL ?? here).replace(/\/+$/, '')}/console`
}

/** Where to read on: whoever has the package alone has no docs beside it. */
const docsPage = (page: string) => `${HOMEPAGE}/blob/v${VERSION}/docs/${page}`

/** A line that says where to go in a browser, after what else there is to do. */
const orInBrowser = (consoleUrl: string | undefined) =>
	consoleUrl === undefined ? '' : `\nOr go on in a browser: ${consoleUrl}`

/**
 * Follows the linking of sessions on the terminal. A QR is drawn, so that it can be scanned.
 * @param consoleUrl where the console is, if it is served
 */
export function linkingGuide(
	address: () => string,
	consoleUrl: () => string | undefined,
	print: Print,
) {
	const linking = new Set<string>()
	return async function guide({ type, session, data }: GatewayEvent): Promise<void> {
		if (type === 'session.qr' && data.qr)
			print(await qrText(session, data.qr, address(), consoleUrl()))
		if (type !== 'session.status') return
		if (data.status === 'linking') linking.add(session)
		if (data.status === 'open')
			print(
				linking.delete(session)
					? linkedText(session, consoleUrl())
					: `Session ${session} is connected.`,
			)
		if (data.status === 'created' || data.status === 'logged_out') {
			print(
				`Session ${session}: ${data.last_disconnect?.advice ?? 'not linked.'} ${whereQr(session, address())}`,
			)
		}
	}
}

/** The text that shows the API key which the first start has made. */
export function firstKeyText(key: string, { DATA_DIR, STATE_URL }: StatePlace): string {
	return [
		'',
		'API key with full access, made now and shown this once. Keep it:',
		'',
		`  ${key}`,
		'',
		`All state is kept in ${STATE_URL ? 'the database behind STATE_URL' : resolve(DATA_DIR)}`,
	].join('\n')
}

function linkedText(session: string, consoleUrl: string | undefined): string {
	const next = `Next: send a message and connect n8n, as ${docsPage('getting-started.md')} says.`
	return `\nSession ${session} is linked and connected.\n${next}${orInBrowser(consoleUrl)}\n`
}

/** What the first start says at its end. @param consoleUrl where the console is, if it is served */
export function firstStepsText(consoleUrl: string | undefined): string {
	const next = 'Next: link your number. Scan the QR that appears here with WhatsApp on your phone.'
	return consoleUrl === undefined ? next : `${next}\nOr sign in to ${consoleUrl} with the key.`
}

/**
 * How to get a session with a simulated person.
 * @param sandbox the URL of one in another process, or true
 * @param consoleUrl where the console is, if it is served
 */
export function sandboxGuide(
	address: string,
	sandbox: string | true,
	consoleUrl: string | undefined,
): string {
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
		...(sandbox === true && consoleUrl ? [`Their phones in a browser: ${consoleUrl}/phone`] : []),
		`What these people can do: ${docsPage('simulated-whatsapp.md')}${orInBrowser(consoleUrl)}`,
	].join('\n')
}

async function qrText(
	session: string,
	qr: string,
	address: string,
	consoleUrl: string | undefined,
) {
	const picture = await qrCode().toString(qr, { type: 'terminal', small: true })
	const advice = `Link session ${session}: WhatsApp on the phone, Linked devices, Link a device, and scan this.`
	return `\n${picture}\n${advice}${orInBrowser(consoleUrl)}\n${whereQr(session, address)}\n`
}

function whereQr(session: string, address: string) {
	return `As a picture: curl -H "X-API-Key: $KEY" "${address}/api/v1/sessions/${session}/qr?format=png" > qr.png`
}
