import { createHmac } from 'node:crypto'

/** The HMAC of a text, hex. Most systems sign webhooks with SHA-256. */
export function hmacHex(
	secret: string,
	text: string,
	hash: 'sha256' | 'sha512' = 'sha256',
): string {
	return createHmac(hash, secret).update(text).digest('hex')
}
