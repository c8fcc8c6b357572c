import type { WASocket } from '@whiskeysockets/baileys'
import { GatewayError } from '../errors.ts'
import type { NewEvent } from '../events/index.ts'
import { unlinkDevice } from './ask/linking.ts'
import { requestPairingCode } from './ask/pairing-code.ts'
import { toPhone } from './identity.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { SessionView } from './session-record.ts'

// Long enough for WhatsApp to answer, short enough for a person who looks at a spinner.
const QR_WAIT_MS = 20_000
const CLOSE_WAIT_MS = 10_000
// As long as WhatsApp's own clients show a code before they request another.
const PAIRING_CODE_MS = 180_000

export type Qr = { qr: string; expires_at: string; status: SessionView['status'] }

export type LinkingOptions = {
	/** The session's. */
	id: string
	lifecycle: Lifecycle
	/** Whether the session belongs to an account. */
	isLinked(): boolean
	connect(): Promise<void>
	/** How the phone lists the device; undefined as Baileys does. */
	browser(): [string, string, string] | undefined
	/** Whether another session is connected as the account with this number. */
	isLive(phone: string): Promise<boolean>
	/** Records an event about the session itself. */
	record(event: NewEvent): void
	socketOnceOpen(): Promise<WASocket>
}

/** Links a device to an account by QR or pairing code, and unlinks it. */
export function createLinking({
	id,
	lifecycle,
	isLinked,
	connect,
	browser,
	isLive,
	record,
	socketOnceOpen,
}: LinkingOptions) {
	/** Starts linking if needed, and waits for a QR. @throws GatewayError session_already_linked, session_not_open */
	async function qr(waitMs = QR_WAIT_MS): Promise<Qr> {
		const { state } = lifecycle
		refuseLinked()
		await connect()
		await lifecycle.until(() => state.qr !== undefined || state.status !== 'linking', waitMs)
		refuseLinked()
		if (state.status === 'passkey') throw passkeyFirst()
		if (!state.qr) throw noQr()
		const { text, expiresAt } = state.qr
		return { qr: text, expires_at: expiresAt.toISOString(), status: state.status }
	}

	function refuseLinked() {
		if (!isLinked() && lifecycle.state.status !== 'open') return
		throw new GatewayError(
			'session_already_linked',
			`Session ${id} is linked already. To link another account, log it out first: POST /api/v1/sessions/${id}/logout`,
		)
	}

	/** WhatsApp has unlinked the device of a number for which another code was requested. */
	async function refuseLive(digits: string) {
		if (!(await isLive(digits))) return
		const advice =
			'This number is connected in another session of this gateway, which a new pairing code could unlink. Use that session, or log it out first. To link the number a second time all the same, scan a QR code.'
		throw new GatewayError('number_connected', advice, { field: 'phone_number' })
	}

	function passkeyFirst() {
		const advice = `WhatsApp asks for the passkey of this number: GET /api/v1/sessions/${id}/passkey. To begin anew, disconnect the session first.`
		return new GatewayError('passkey_required', advice)
	}

	function noQr() {
		const advice = `WhatsApp has not sent a QR for session ${id} yet. Check that the gateway reaches WhatsApp, and try again.`
		return new GatewayError('session_not_open', advice, { retryAfter: 5 })
	}

	return {
		qr,
		/**
		 * Requests a pairing code, to be typed on the phone with this number instead of scanning.
		 * @throws GatewayError number_connected, those of `qr`, and those of `askWhatsApp`
		 */
		async pair(phoneNumber: string): Promise<{ code: string; timeout_seconds: number }> {
			const digits = toPhone(phoneNumber, 'phone_number')
			await refuseLive(digits)
			await qr()
			await refuseLive(digits)
			const socket = lifecycle.socket!
			const asked = await requestPairingCode(socket, digits, browser())
			const code = `${asked.slice(0, 4)}-${asked.slice(4)}`
			const expires_at = new Date(Date.now() + PAIRING_CODE_MS).toISOString()
			const data = { code, phone_number: digits, expires_at }
			record({ type: 'session.pairing_code', data })
			return { code, timeout_seconds: PAIRING_CODE_MS / 1000 }
		},
		/** Unlinks the device at WhatsApp; linking again needs a new QR. */
		async logout() {
			await unlinkDevice(await socketOnceOpen())
			await lifecycle.until(() => lifecycle.state.status !== 'open', CLOSE_WAIT_MS)
		},
	}
}
