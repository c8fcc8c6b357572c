import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { proto } from '@whiskeysockets/baileys'
import { hkdf, openGcm } from '../wire/ciphers.ts'
import { agree, generateKeyPair } from '../wire/curve.ts'
import type { PasskeyPhone, Registration } from '../server/model.ts'

const EMPTY = Buffer.alloc(0)
const CODE_ALPHABET = '123456789ABCDEFGHJKLMNPQRSTVWXYZ'

export type PasskeyLinkingOptions = {
	registration: Registration
	/** The secret of the QR code, or of the pairing code. */
	advSecret: Uint8Array
	/** Told the code to compare; undefined where the client has proven that it showed the QR code. */
	shows(code: string | undefined): void
	/** Links the device with its new secret. */
	link(advSecret: Uint8Array): void
}

/** The phone's part in linking with a passkey. */
export function passkeyLinking(options: PasskeyLinkingOptions): PasskeyPhone {
	const { registration, advSecret, shows, link } = options
	const handoffKey = hkdf(advSecret, EMPTY, 'shortcake-passkey-handoff-v1', 32)
	const ephemeral = generateKeyPair()
	const ownNonce = randomBytes(32)
	let client: { encoded: Buffer; publicKey: Buffer; deviceType: number; reference: string }
	let commitment: Buffer
	let isProven = false

	return {
		takesPrologue(payload, proof, reference) {
			const { companionEphemeralIdentity, commitment: committed } =
				proto.ProloguePayload.decode(payload)
			const encoded = Buffer.from(companionEphemeralIdentity ?? EMPTY)
			const identity = proto.CompanionEphemeralIdentity.decode(encoded)
			const publicKey = Buffer.from(identity.publicKey ?? EMPTY)
			commitment = Buffer.from(committed?.hash ?? EMPTY)
			demand(
				publicKey.length === 32 && commitment.length === 32,
				'key or commitment not of 32 bytes',
			)
			demand(identity.ref === reference, 'another reference')
			const { PlatformType } = proto.DeviceProps
			const deviceType = identity.deviceType ?? 0
			demand(PlatformType[deviceType] === registration.listedAs.platform, 'another platform')
			demand(payload.equals(encodedAgain(payload)), 'other fields in the prologue')
			isProven = proof !== undefined
			const right = createHmac('sha256', handoffKey).update(payload).digest()
			if (proof) demand(timingSafeEqual(proof, right), 'a wrong proof')
			client = { encoded, publicKey, deviceType, reference }
			return proto.PrimaryEphemeralIdentity.encode({
				publicKey: ephemeral.public,
				nonce: ownNonce,
			}).finish()
		},
		takesNonce(nonce) {
			const hash = createHash('sha256').update(client.encoded).update(nonce).digest()
			demand(hash.equals(commitment), 'the nonce is not the one that it committed to')
			const mixed = createHash('sha256').update(nonce).update(ephemeral.public).digest()
			shows(isProven ? undefined : codeOf(mixed.subarray(0, 5).map((b, i) => b ^ ownNonce[i]!)))
		},
		takesPairingRequest(encrypted) {
			const { encryptedPayload, iv } = proto.EncryptedPairingRequest.decode(encrypted)
			const salt = `Companion Pairing ${client.deviceType} with ref ${client.reference}`
			const shared = agree(ephemeral, client.publicKey)
			const info = 'Pairing Information Encryption Key'
			const key = hkdf(shared, Buffer.from(salt), info, 32)
			demand(iv?.length === 12, 'an IV not of 12 bytes')
			const request = proto.PairingRequest.decode(openGcm(key, iv!, encryptedPayload!))
			demand(same(request.companionPublicKey, registration.clientNoiseKey), 'another Noise key')
			demand(same(request.companionIdentityKey, registration.identity), 'another identity')
			demand(request.advSecret?.length === 32, 'a secret not of 32 bytes')
			demand(!same(request.advSecret, advSecret), 'the secret of the QR code again')
			link(request.advSecret!)
		},
	}
}

/** Five bytes as eight letters of five bits each. */
function codeOf(bytes: Uint8Array): string {
	const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
	const letters = bits.match(/.{5}/g)!.map((five) => CODE_ALPHABET[Number.parseInt(five, 2)])
	return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`
}

const encodedAgain = (payload: Buffer) =>
	Buffer.from(proto.ProloguePayload.encode(proto.ProloguePayload.decode(payload)).finish())

const same = (one: Uint8Array | null | undefined, other: Uint8Array) =>
	one != null && Buffer.from(one).equals(other)

function demand(isRight: unknown, what: string): asserts isRight {
	if (!isRight) throw new Error(what)
}
