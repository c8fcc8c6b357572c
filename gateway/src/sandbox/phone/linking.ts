import { createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { proto } from '@whiskeysockets/baileys'
import { applyCtr, hkdf, openGcm } from '../wire/ciphers.ts'
import { agree, generateKeyPair, sign, type KeyPair } from '../wire/curve.ts'
import { node } from '../wire/node.ts'
import type { Account } from '../server/model.ts'
import type { Device } from '../server/model.ts'
import {
	readCodeFinish,
	registrationByCodeRequest,
	registrationByReference,
} from '../server/pairing.ts'
import { type Registration } from '../server/model.ts'
import { type WhatsApp } from '../server/whatsapp.ts'
import { newStanzaId } from '../server/stanza.ts'
import { now } from '../server/stanza.ts'
import { passkeyLinking } from './passkey-linking.ts'

const ACCOUNT_SIGNATURE = Buffer.of(6, 0)
const PAIRING_CODE_ROUNDS = 2 << 16
const CODE_REQUEST_MS = 3_000

/** The linking cannot go on; the message says what the person at the phone should do. */
export class LinkingError extends Error {}

/** `https://wa.me/settings/linked_devices#ref,noise,identity,adv secret,platform`; older: only the list. */
function readQr(qr: string) {
	const [reference = '', noiseKey = '', identity = '', advSecret = ''] =
		qr.split('#').at(-1)?.split(',') ?? []
	return {
		reference,
		noiseKey: Buffer.from(noiseKey, 'base64'),
		identity: Buffer.from(identity, 'base64'),
		advSecret: Buffer.from(advSecret, 'base64'),
	}
}

/** WhatsApp allows so many besides the phone. */
const MOST_DEVICES = 4

/** The phone says so itself: the client hears nothing. @throws LinkingError */
function refuseFullList({ devices, otherDevices = 0 }: Account): void {
	const linked = devices.filter(({ id }) => id !== 0).length + otherDevices
	if (linked < MOST_DEVICES) return
	throw new LinkingError(
		`This phone has ${linked} linked devices and links no more. Remove one under Linked devices.`,
	)
}

/** Links the client that shows this QR. @throws LinkingError when the QR is not, or no longer, shown */
export function linkByQr(
	whatsapp: WhatsApp,
	account: Account,
	identity: KeyPair,
	qr: string,
	showsCode: ShowsCode,
): void {
	refuseFullList(account)
	const shown = readQr(qr)
	const registration = registrationByReference(whatsapp, shown.reference)
	if (!registration) throw new LinkingError('This QR is no longer shown: scan the current one.')
	if (
		!shown.noiseKey.equals(registration.clientNoiseKey) ||
		!shown.identity.equals(registration.identity)
	)
		throw new LinkingError('This QR has other keys than the client that shows it.')
	vouch(account, identity, registration, shown.advSecret, showsCode)
}

/** Links the client that shows this pairing code, as if it was typed in on the phone. */
export async function linkByCode(
	whatsapp: WhatsApp,
	account: Account,
	identity: KeyPair,
	code: string,
	showsCode: ShowsCode,
): Promise<void> {
	refuseFullList(account)
	const { registration, request } = await codeRequestFor(whatsapp, account)

	const clientEphemeral = unwrap(code, request.wrappedEphemeral)
	const ephemeral = generateKeyPair()
	registration.sendPrimaryHello([
		node('link_code_pairing_wrapped_primary_ephemeral_pub', {}, wrap(code, ephemeral.public)),
		node('primary_identity_pub', {}, identity.public),
		node('link_code_pairing_ref', {}, Buffer.from(request.reference)),
	])
	const finish = readCodeFinish(await request.finished)
	const shared = agree(ephemeral, clientEphemeral)
	const random = openBundle(shared, finish.keyBundle)
	const secrets = Buffer.concat([shared, agree(identity, finish.identity), random])
	const advSecret = hkdf(secrets, Buffer.alloc(0), 'adv_secret', 32)
	vouch(account, identity, registration, advSecret, showsCode)
}

/** People type slower than clients ask: the request may still be on its way. */
async function codeRequestFor(whatsapp: WhatsApp, { phone }: Account) {
	const signal = AbortSignal.timeout(CODE_REQUEST_MS)
	for (;;) {
		const registration = registrationByCodeRequest(whatsapp, phone)
		if (registration?.codeRequest) return { registration, request: registration.codeRequest }
		await once(whatsapp.events, 'code-request', { signal }).catch((cause) => {
			throw new LinkingError(`No client has requested a pairing code for ${phone}.`, { cause })
		})
	}
}

function codeKey(code: string, salt: Uint8Array) {
	const normalised = code.replace(/[\s-]/g, '').toUpperCase()
	return pbkdf2Sync(normalised, salt, PAIRING_CODE_ROUNDS, 32, 'sha256')
}

/** Salt (32), IV (16), then the key under the code. */
const unwrap = (code: string, wrapped: Buffer) =>
	applyCtr(codeKey(code, wrapped.subarray(0, 32)), wrapped.subarray(32, 48), wrapped.subarray(48))

function wrap(code: string, key: Uint8Array) {
	const [salt, iv] = [randomBytes(32), randomBytes(16)]
	return Buffer.concat([salt, iv, applyCtr(codeKey(code, salt), iv, key)])
}

/** Salt (32), IV (12), then client identity, own identity and 32 random bytes, sealed. */
function openBundle(shared: Uint8Array, bundle: Buffer): Buffer {
	const info = 'link_code_pairing_key_bundle_encryption_key'
	const key = hkdf(shared, bundle.subarray(0, 32), info, 32)
	try {
		return openGcm(key, bundle.subarray(32, 44), bundle.subarray(44)).subarray(64)
	} catch (cause) {
		throw new LinkingError('Wrong pairing code: compare it with the one that the client shows.', {
			cause,
		})
	}
}

/** Told the code of a passkey ceremony; undefined where none has to be compared. */
type ShowsCode = (code: string | undefined) => void

/** Links the client, once it has shown the passkey if the account has one. */
function vouch(
	account: Account,
	identity: KeyPair,
	registration: Registration,
	advSecret: Uint8Array,
	shows: ShowsCode,
) {
	const linkWith = (secret: Uint8Array) => link(account, identity, registration, secret)
	if (!account.passkey) return linkWith(advSecret)
	const phone = passkeyLinking({ registration, advSecret, shows, link: linkWith })
	registration.askPasskey(account.passkey, phone)
}

/** The phone vouches for the client's identity key, and proves with the secret that it saw the QR. */
function link(
	account: Account,
	identity: KeyPair,
	registration: Registration,
	advSecret: Uint8Array,
) {
	const id = account.nextDevice++
	const { clientNoiseKey: noiseKey, wantsAllHistory, listedAs } = registration
	const device: Device = { id, keyIndex: id, noiseKey, wantsAllHistory, listedAs, queue: [] }
	const rawId = Number.parseInt(newStanzaId().slice(0, 6), 16)
	const details = proto.ADVDeviceIdentity.encode({ rawId, timestamp: now(), keyIndex: id }).finish()
	const vouched = Buffer.concat([ACCOUNT_SIGNATURE, details, registration.identity])
	const signed = proto.ADVSignedDeviceIdentity.encode({
		details,
		accountSignatureKey: identity.public,
		accountSignature: sign(identity, vouched),
	}).finish()
	const hmac = createHmac('sha256', advSecret).update(signed).digest()
	const proof = proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac }).finish()
	registration.complete(account, device, proof)
}
