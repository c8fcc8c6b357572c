import {
	createHash,
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	randomBytes,
	sign,
	verify,
} from 'node:crypto'

/** The relying party of WhatsApp's passkeys. */
export const RELYING_PARTY = 'whatsapp.com'
export const WHATSAPP_WEB = 'https://web.whatsapp.com'

/** A discoverable ES256 credential, as an authenticator keeps it. */
export type Credential = {
	id: Uint8Array
	userHandle: Uint8Array
	/** PKCS #8, DER. */
	privateKey: Uint8Array
	signCount: number
}

/** An assertion as `PublicKeyCredential.toJSON()` has it, base64url. */
export type AssertionJson = {
	id: string
	rawId: string
	type: string
	response: {
		clientDataJSON: string
		authenticatorData: string
		signature: string
		userHandle: string | null
	}
}

/** What an honest browser and authenticator would do in another way. */
export type SigningOptions = {
	origin?: string | undefined
	rpId?: string | undefined
	/** Whether the person was verified, by a finger or a PIN. */
	isVerified?: boolean | undefined
}

/** Flags of the authenticator data: https://www.w3.org/TR/webauthn-3/#authdata-flags */
const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

export function newCredential(): Credential {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
	return {
		id: randomBytes(16),
		userHandle: randomBytes(16),
		privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }),
		signCount: 0,
	}
}

/** Signs a challenge (base64url), as a browser on a page of this origin does. */
export function signChallenge(
	credential: Credential,
	challenge: string,
	{ origin = WHATSAPP_WEB, rpId = RELYING_PARTY, isVerified = true }: SigningOptions = {},
): AssertionJson {
	const clientData = JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false })
	const rest = Buffer.alloc(5)
	rest[0] = USER_PRESENT | (isVerified ? USER_VERIFIED : 0)
	rest.writeUInt32BE(++credential.signCount, 1)
	const authenticatorData = Buffer.concat([sha256(rpId), rest])
	const signature = sign('sha256', signedBytes(authenticatorData, clientData), keyOf(credential))
	const id = base64url(credential.id)
	return {
		id,
		rawId: id,
		type: 'public-key',
		response: {
			clientDataJSON: base64url(Buffer.from(clientData)),
			authenticatorData: base64url(authenticatorData),
			signature: base64url(signature),
			userHandle: base64url(credential.userHandle),
		},
	}
}

/**
 * Checks an assertion as a relying party does: https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion
 * @throws Error that says what is wrong with it
 */
export function verifyAssertion(
	credential: Credential,
	challenge: string,
	{ id, rawId, type, response }: AssertionJson,
): void {
	const bytes = (text: string) => Buffer.from(text, 'base64url')
	const clientDataJson = bytes(response.clientDataJSON)
	const clientData = JSON.parse(clientDataJson.toString()) as Record<string, unknown>
	const authenticatorData = bytes(response.authenticatorData)
	const flags = authenticatorData[32] ?? 0
	demand(type === 'public-key', 'type')
	demand(id === base64url(credential.id) && rawId === id, 'credential id')
	demand(clientData.type === 'webauthn.get', 'type of the client data')
	demand(clientData.challenge === challenge, 'challenge')
	demand(clientData.origin === WHATSAPP_WEB, 'origin')
	demand(authenticatorData.length >= 37, 'length of the authenticator data')
	demand(authenticatorData.subarray(0, 32).equals(sha256(RELYING_PARTY)), 'relying party')
	demand((flags & USER_PRESENT) !== 0, 'user presence')
	demand((flags & USER_VERIFIED) !== 0, 'user verification')
	const publicKey = createPublicKey(keyOf(credential))
	const signed = signedBytes(authenticatorData, clientDataJson)
	demand(verify('sha256', signed, publicKey, bytes(response.signature)), 'signature')
}

function demand(isRight: boolean, what: string): void {
	if (!isRight) throw new Error(`the assertion has a wrong ${what}`)
}

const signedBytes = (authenticatorData: Uint8Array, clientData: Uint8Array | string) =>
	Buffer.concat([authenticatorData, sha256(clientData)])

const keyOf = ({ privateKey }: Credential) =>
	createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' })
