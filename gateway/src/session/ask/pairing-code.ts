import { randomBytes } from 'node:crypto'
import {
	aesEncryptCTR,
	bytesToCrockford,
	DEFAULT_CONNECTION_CONFIG,
	derivePairingCodeKey,
	getCompanionPlatformId,
	jidEncode,
	type WASocket,
} from '@whiskeysockets/baileys'
import { element } from './element.ts'
import { askIq } from './iq.ts'

/** How a device is listed: its operating system, the kind of program, a version. */
type Browser = [string, string, string]

/**
 * Requests a pairing code for a phone number, and waits until WhatsApp has taken it. Baileys' own function does not wait,
 * and shows the code also if WhatsApp refuses; and it tells WhatsApp the device's own name, which is refused.
 * @param digits the number, country code first
 * @param browser how the phone is to list the device
 * @throws GatewayError those of `askWhatsApp`
 */
export async function requestPairingCode(
	socket: WASocket,
	digits: string,
	browser: Browser = DEFAULT_CONNECTION_CONFIG.browser,
): Promise<string> {
	const { creds } = socket.authState
	const code = bytesToCrockford(randomBytes(5))
	// Baileys answers the phone, when the code was typed, with what it finds here.
	creds.pairingCode = code
	creds.me = { id: jidEncode(digits, 's.whatsapp.net'), name: '~' }
	socket.ev.emit('creds.update', creds)
	const { id, display } = companionOf(browser)
	const hello = {
		jid: creds.me.id,
		stage: 'companion_hello',
		should_show_push_notification: 'true',
	}
	const { public: ephemeral } = creds.pairingEphemeralKeyPair
	await askIq(socket, {
		type: 'set',
		xmlns: 'md',
		content: [
			element('link_code_companion_reg', hello, [
				element(
					'link_code_pairing_wrapped_companion_ephemeral_pub',
					{},
					await wrapped(ephemeral, code),
				),
				element('companion_server_auth_key_pub', {}, creds.noiseKey.public),
				element('companion_platform_id', {}, id),
				element('companion_platform_display', {}, display),
				element('link_code_pairing_nonce', {}, '0'),
			]),
		],
	})
	return code
}

/** A key, under the code. */
async function wrapped(key: Uint8Array, code: string): Promise<Buffer> {
	const [salt, iv] = [randomBytes(32), randomBytes(16)]
	return Buffer.concat([salt, iv, aesEncryptCTR(key, await derivePairingCodeKey(code, salt), iv)])
}

/** Programs that WhatsApp links by code: browsers. */
const BROWSERS = ['Chrome', 'Edge', 'Firefox', 'Opera', 'Safari']

const systems: [about: RegExp, name: string][] = [
	[/windows/i, 'Windows'],
	[/\bmac|os ?x\b|darwin/i, 'Mac OS'],
	[/ubuntu/i, 'Ubuntu'],
]

/**
 * What WhatsApp is told to ask the phone with. It takes known browsers on known systems only, `Chrome (Windows)`; others
 * get 400. The name of the device in the phone's list is another one, which it takes as it is.
 */
function companionOf([os, platform, version]: Browser): { id: string; display: string } {
	const browser = BROWSERS.find((name) => name === platform) ?? 'Chrome'
	const system = systems.find(([about]) => about.test(os))?.[1] ?? 'Linux'
	const id = getCompanionPlatformId([system, browser, version])
	return { id, display: `${browser} (${system})` }
}
