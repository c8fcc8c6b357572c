import { createHash, randomBytes } from 'node:crypto'

const TOKEN_BYTES = 32

/** A new token: 256 random bits, in letters that an address or a header may have. */
export function randomToken(): string {
	return randomBytes(TOKEN_BYTES).toString('base64url')
}

/** A new API key. Its beginning lets a scanner of secrets know it. */
export function newApiKey(): string {
	return `wag_${randomToken()}`
}

/** What is kept of a token or key: its SHA-256, hex. For 256 random bits a slow hash would protect nothing. */
export function hashOfToken(token: string): string {
	return createHash('sha256').update(token).digest('hex')
}
