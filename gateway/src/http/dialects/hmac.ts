import { createHmac } from 'node:crypto'

/** The HMAC-SHA256 of a text, hex: what most systems sign webhooks with. */
export function hmacHex(secret: string, text: string): string {
	return createHmac('sha256', secret).update(text).digest('hex')
}
