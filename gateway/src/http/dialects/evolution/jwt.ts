import { createHmac } from 'node:crypto'

/** A JSON Web Token (RFC 7519) that is signed with HMAC-SHA256. */
export function signedToken(claims: Record<string, unknown>, secret: string): string {
	const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
	return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
