import { z } from 'zod'

const MAX_BYTES = 4096

/** `whatsapp.com`, or a host below it: a request for another site is none of WhatsApp's. */
const RELYING_PARTY = /^([a-z0-9-]+\.)*whatsapp\.com$/

/** What we read of them; a browser gets them as they came. */
const requestOptions = z.looseObject({
	challenge: z.base64url().min(16),
	rpId: z.string().regex(RELYING_PARTY),
	allowCredentials: z.array(z.looseObject({ id: z.base64url() })).optional(),
})

/** `PublicKeyCredentialRequestOptionsJSON`: https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialrequestoptionsjson */
export type RequestOptions = z.output<typeof requestOptions>

/** Reads the options of a request, which are JSON. @throws Error if they are not what a browser takes */
export function readRequestOptions(bytes: Uint8Array): RequestOptions {
	if (bytes.length === 0 || bytes.length > MAX_BYTES)
		throw new Error(`request options of ${bytes.length} bytes`)
	return requestOptions.parse(JSON.parse(Buffer.from(bytes).toString()))
}
