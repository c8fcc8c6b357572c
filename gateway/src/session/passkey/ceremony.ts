import { randomBytes } from 'node:crypto'
import {
	Curve,
	getBinaryNodeChildBuffer,
	S_WHATSAPP_NET,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys'
import { GatewayError, isGatewayError } from '../../errors.ts'
import type { PasskeyStage, PasskeyStep } from '../../events/types/session-passkey.ts'
import { randomToken } from '../../lib/token.ts'
import { expected } from '../ask/element.ts'
import { askIq } from '../ask/iq.ts'
import type { AuthState } from '../signal/auth-state.ts'
import { checkAssertion, type Assertion } from './assertion.ts'
import { PasskeyFailure, type PasskeyFailureReason } from './failure.ts'
import { handoffKeyOf, handoffProofOf } from './handoff.ts'
import { hints } from './hints.ts'
import { encryptPairingRequest } from './pairing-request.ts'
import { readPrimaryIdentity, type PrimaryIdentity } from './primary-identity.ts'
import { deviceTypeOf, prologueOf } from './prologue.ts'
import { readRequestOptions, type RequestOptions } from './request-options.ts'
import * as stanzas from './stanzas.ts'
import type { PasskeyTimes } from './times.ts'
import { verificationCodeOf } from './verification-code.ts'
import { withholdFromBaileys } from './withhold.ts'

/** A step, and what lets a page that has no key answer its challenge. */
export type CeremonyStep = PasskeyStep & { token: string | null }

export type CeremonyOptions = {
	socket: WASocket
	auth: AuthState
	/** As the device is registered. */
	browser: [string, string, string]
	/** Whether this gateway links with passkeys. */
	isOn: boolean
	times: PasskeyTimes
	/** WhatsApp asks for a passkey: no further QR code is to be shown. */
	begins(): void
	/** Called with each step, but not with the failure: that ends the socket with a PasskeyFailure. */
	step(step: CeremonyStep): void
}

/** What is sent for a challenge, and needed again when the phone answers. */
type Companion = {
	pair: { public: Uint8Array; private: Uint8Array }
	nonce: Buffer
	ref: string
	/** Whether the handoff proof was sent: the phone knows then that this gateway has shown the QR code. */
	isProven: boolean
}

export type Ceremony = ReturnType<typeof createCeremony>

/**
 * Links a device with a passkey, on one socket and once: WhatsApp asks for it after the QR code was scanned or the
 * pairing code typed in. Whatever goes wrong once something was sent ends the socket, and is never repeated by itself.
 */
export function createCeremony(options: CeremonyOptions) {
	const { socket, auth, times } = options
	const { creds } = auth
	const isIn = (which: PasskeyStage) => stage === which
	const deviceType = deviceTypeOf(options.browser)
	let stage: PasskeyStage | undefined
	let timer: NodeJS.Timeout | undefined
	/** How often WhatsApp has asked: only the newest request counts. */
	let requests = 0
	let handoff: { key: Buffer; until: number } | undefined
	let challenge: { options: RequestOptions; until: number } | undefined
	let companion: Companion | undefined
	let primary: PrimaryIdentity | undefined

	function fail(reason: PasskeyFailureReason, cause?: unknown) {
		if (stage === 'failed') return
		stage = 'failed'
		clearTimeout(timer)
		void socket.end(new PasskeyFailure(reason, cause))
	}

	function failAt(until: number, reason: PasskeyFailureReason) {
		clearTimeout(timer)
		timer = setTimeout(fail, until - Date.now(), reason).unref()
	}

	/** @param until when it fails, and with what */
	function enter(
		next: keyof typeof hints,
		until: number,
		reason: PasskeyFailureReason,
		shown = {},
	) {
		stage = next
		failAt(until, reason)
		const expires_at = new Date(until).toISOString()
		const nothing = { options: null, code: null, token: null }
		options.step({ stage: next, ...nothing, expires_at, hint: hints[next], ...shown })
	}

	const acknowledge = (notification: BinaryNode) =>
		socket.sendNode(stanzas.acknowledgement(notification))

	async function requested(request: BinaryNode) {
		await acknowledge(request)
		options.begins()
		if (!options.isOn) return fail('passkey_off')
		// One ceremony for each socket. Before anything was sent, a newer request takes the place of the last one.
		if (stage !== undefined && stage !== 'challenge') return
		const mine = ++requests
		const now = Date.now()
		// Of the first request: the key belongs to the secret of the QR code that was scanned.
		handoff ??= { key: handoffKeyOf(creds.advSecretKey), until: now + times.proofMs }
		const given = getBinaryNodeChildBuffer(request, OPTIONS)
		const bytes = given ?? (await ask(stanzas.askForOptions()).then(bytesOf(OPTIONS)))
		if (mine !== requests || (stage !== undefined && stage !== 'challenge')) return
		const wanted = readRequestOptions(bytesFrom(bytes))
		challenge = { options: wanted, until: now + times.challengeMs }
		const shown = { options: wanted, token: randomToken() }
		enter('challenge', challenge.until, 'passkey_expired', shown)
	}

	const ask = (iq: Parameters<typeof askIq>[1]) => askIq(socket, iq)

	async function sendPrologue(signed: ReturnType<typeof checkAssertion>) {
		// WhatsApp's client asks for the reference after the person has signed.
		const ref = Buffer.from(bytesOf('ref')(await ask(stanzas.askForRef()))).toString()
		const pair = Curve.generateKeyPair()
		const nonce = randomBytes(32)
		const payload = prologueOf({ publicKey: pair.public, deviceType, ref, nonce })
		const isProven = handoff !== undefined && Date.now() < handoff.until
		const proof = isProven ? handoffProofOf(handoff!.key, payload) : undefined
		companion = { pair, nonce, ref, isProven }
		const { credentialId, json } = signed
		await ask(stanzas.sendPrologue({ credentialId, assertion: json, payload, proof }))
	}

	async function continued(continuation: BinaryNode) {
		await acknowledge(continuation)
		if (stage !== 'waiting' || !companion || primary) return
		const identity = getBinaryNodeChildBuffer(continuation, 'primary_ephemeral_identity')
		primary = readPrimaryIdentity(bytesFrom(identity))
		await ask(stanzas.sendNonce(companion.nonce))
		if (companion.isProven) return finish()
		const code = verificationCodeOf(companion.nonce, primary)
		enter('confirm', Date.now() + times.confirmationMs, 'passkey_unconfirmed', { code })
	}

	async function finish() {
		const { pair, ref } = companion!
		enter('finishing', Date.now() + times.pairingMs, 'passkey_unfinished')
		const secret = randomBytes(32)
		const request = {
			companionPublicKey: creds.noiseKey.public,
			companionIdentityKey: creds.signedIdentityKey.public,
			advSecret: secret,
		}
		const encrypted = encryptPairingRequest({
			privateKey: pair.private,
			publicKey: primary!.publicKey,
			deviceType,
			ref,
			request,
		})
		// WhatsApp's answer may be overtaken by the pairing, which is checked with the new secret.
		creds.advSecretKey = secret.toString('base64')
		await auth.save()
		await ask(stanzas.sendPairingRequest(encrypted))
	}

	/** A step that WhatsApp refuses or leaves unanswered ends the ceremony. */
	function failed(error: unknown) {
		// The device is linked; what was under way on this socket no longer matters.
		if (creds.account !== undefined) return
		fail(reasonOf(error), error)
	}

	const onRequest = (node: BinaryNode) => {
		if (node.attrs.from === S_WHATSAPP_NET) requested(node).catch(failed)
	}
	const onContinuation = (node: BinaryNode) => {
		if (node.attrs.from === S_WHATSAPP_NET) continued(node).catch(failed)
	}
	withholdFromBaileys(socket.ws, [stanzas.PROLOGUE_REQUEST, stanzas.CONTINUATION])
	socket.ws.on(`CB:notification,type:${stanzas.PROLOGUE_REQUEST}`, onRequest)
	socket.ws.on(`CB:notification,type:${stanzas.CONTINUATION}`, onContinuation)
	socket.ws.on('CB:iq,,pair-success', () => clearTimeout(timer))
	socket.ev.on('connection.update', ({ connection }) => {
		if (connection === 'close') clearTimeout(timer)
	})

	return {
		/**
		 * Takes the signature of a browser, and waits until WhatsApp has taken it.
		 * @throws GatewayError passkey_answer_invalid: nothing was sent, and another can be given; passkey_not_pending;
		 * passkey_refused and those of `askIq`: linking begins anew
		 */
		async answer(assertion: Assertion): Promise<void> {
			if (stage !== 'challenge' || !challenge) throw notPending(stage)
			const signed = checkAssertion(assertion, challenge.options)
			enter('waiting', Date.now() + times.continuationMs, 'passkey_stalled')
			await sendPrologue(signed).catch((error: unknown) => {
				failed(error)
				throw refusalOf(error)
			})
			// The phone may have been faster than the answer.
			if (isIn('waiting')) failAt(Date.now() + times.continuationMs, 'passkey_stalled')
		},
		/** A person has compared the code. Waits until WhatsApp has taken that. @throws GatewayError passkey_not_pending and those of `askIq` */
		async confirm(): Promise<void> {
			if (stage !== 'confirm') throw notPending(stage)
			await finish().catch((error: unknown) => {
				failed(error)
				if (creds.account === undefined) throw error
			})
		},
	}
}

const OPTIONS = 'passkey_request_options'

const bytesOf = (tag: string) => (answer: BinaryNode) => bytesFrom(expected(answer, tag).content)

function bytesFrom(content: unknown): Uint8Array {
	if (content instanceof Uint8Array) return content
	if (typeof content === 'string') return Buffer.from(content)
	throw new Error('a stanza without the bytes that it should have')
}

function reasonOf(error: unknown): PasskeyFailureReason {
	if (isGatewayError(error, 'whatsapp_rate_limited')) return 'passkey_limited'
	if (isGatewayError(error, 'session_not_open')) return 'passkey_interrupted'
	if (isGatewayError(error, 'whatsapp_silent')) return 'passkey_stalled'
	if (isGatewayError(error) && error.facts.whatsapp_code) return 'passkey_refused'
	return 'passkey_unreadable'
}

/** WhatsApp's "no" to a signature is about the passkey, not about the request to us. */
function refusalOf(error: unknown): unknown {
	if (reasonOf(error) !== 'passkey_refused') return error
	const { facts, message } = error as GatewayError
	const sentence = new PasskeyFailure('passkey_refused').message
	return new GatewayError('passkey_refused', `${sentence} ${message}`, { ...facts, cause: error })
}

/** The error for a step that is not the next one. */
export function notPending(stage: PasskeyStage | undefined): GatewayError {
	return new GatewayError('passkey_not_pending', stage ? sentences[stage] : NOTHING)
}

const NOTHING = 'WhatsApp does not ask this session for a passkey now.'

const sentences: Record<PasskeyStage, string> = {
	challenge: 'WhatsApp waits for the passkey first: sign the request in a browser.',
	waiting: 'WhatsApp has the passkey already. Wait for the phone.',
	confirm: 'WhatsApp has the passkey already. Compare the code with the phone, and confirm it.',
	finishing: 'The phone links the device already. Nothing is left to do.',
	failed: 'Linking with a passkey has failed. Begin with a new QR code.',
}
