import { createHash } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { GatewayError } from '../../errors.ts'
import type { RequestOptions } from './request-options.ts'

/** Where WhatsApp's own client asks for passkeys. */
const ORIGIN = 'https://web.whatsapp.com'

/** Base64url without padding, of so many bytes at the most. */
const bytes = (most: number) =>
	z
		.string()
		.min(1)
		.max(Math.ceil((most * 4) / 3))
		.regex(/^[A-Za-z0-9_-]+$/, 'must be base64url without padding')

/** What `PublicKeyCredential.toJSON()` returns: https://www.w3.org/TR/webauthn-3/#dictdef-authenticationresponsejson */
export const assertionSchema = z.object({
	// https://www.w3.org/TR/webauthn-3/#credential-id
	id: bytes(1023),
	rawId: bytes(1023),
	type: z.literal('public-key'),
	response: z.object({
		clientDataJSON: bytes(4096),
		authenticatorData: bytes(2048),
		signature: bytes(1024),
		userHandle: bytes(64).nullish(),
	}),
	// Browsers add them. WhatsApp's own client does not send them, and neither do we.
	authenticatorAttachment: z.unknown().optional(),
	clientExtensionResults: z.unknown().optional(),
})

export type Assertion = z.output<typeof assertionSchema>

const clientDataSchema = z.looseObject({
	type: z.string(),
	challenge: z.string(),
	origin: z.string(),
	crossOrigin: z.boolean().optional(),
})

/** Flags of the authenticator data: https://www.w3.org/TR/webauthn-3/#authdata-flags */
const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const FLAGS_AT = 32
const AUTHENTICATOR_DATA_BYTES = 37

/**
 * Checks an assertion before anything of it is sent, as far as that can be known without the public key.
 * @returns what WhatsApp gets: the credential's id, and JSON with exactly the fields of its own client, in their order
 * @throws GatewayError passkey_answer_invalid, which names the field
 */
export function checkAssertion(assertion: Assertion, options: RequestOptions) {
	const { id, rawId, type, response } = assertion
	const { clientDataJSON, authenticatorData, signature, userHandle } = response
	demand(id === rawId, 'rawId', 'differs from `id`')
	const allowed = options.allowCredentials ?? []
	const isAllowed = allowed.length === 0 || allowed.some((credential) => credential.id === id)
	demand(isAllowed, 'id', 'is none of the passkeys that WhatsApp asks for')
	checkClientData(clientDataJSON, options.challenge)
	checkAuthenticatorData(Buffer.from(authenticatorData, 'base64url'), options.rpId)
	const sent = { clientDataJSON, authenticatorData, signature, userHandle: userHandle ?? null }
	return {
		credentialId: Buffer.from(rawId, 'base64url'),
		json: Buffer.from(JSON.stringify({ id, rawId, type, response: sent })),
	}
}

function checkClientData(encoded: string, challenge: string) {
	const field = 'response.clientDataJSON'
	const read = clientDataSchema.safeParse(jsonOf(Buffer.from(encoded, 'base64url')))
	demand(read.success, field, 'is not the client data of a browser')
	const { data } = read
	demand(data.type === 'webauthn.get', field, 'is not of a request to sign in')
	demand(
		data.challenge === challenge,
		field,
		'answers another request: sign the options that are shown now',
	)
	demand(data.origin === ORIGIN, field, `was made on another page than ${ORIGIN}`)
	demand(data.crossOrigin !== true, field, 'was made in a frame of another page')
}

function checkAuthenticatorData(data: Buffer, rpId: string) {
	const field = 'response.authenticatorData'
	demand(data.length >= AUTHENTICATOR_DATA_BYTES, field, 'is too short')
	const hash = createHash('sha256').update(rpId).digest()
	demand(
		data.subarray(0, FLAGS_AT).equals(hash),
		field,
		`is of a passkey of another site than ${rpId}`,
	)
	const flags = data[FLAGS_AT]!
	demand(
		flags & USER_PRESENT && flags & USER_VERIFIED,
		field,
		'says that nobody was verified: use a finger, a face or a PIN',
	)
}

function jsonOf(text: Buffer): unknown {
	try {
		return JSON.parse(text.toString())
	} catch {
		return undefined
	}
}

function demand(isRight: unknown, field: string, what: string): asserts isRight {
	if (!isRight) throw new GatewayError('passkey_answer_invalid', `\`${field}\` ${what}.`, { field })
}
