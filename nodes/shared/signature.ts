import { createHmac, timingSafeEqual } from 'node:crypto'

type Headers = Readonly<Record<string, string | string[] | undefined>>

const TOLERANCE_SECONDS = 5 * 60

const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)

function sign(secret: string, id: string, timestamp: string, body: Buffer): Buffer {
	const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
	return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
}

/** While a secret is being replaced there are several signatures, separated by spaces. */
const signaturesOf = (header: string): Buffer[] =>
	header
		.split(' ')
		.filter((signature) => signature.startsWith('v1,'))
		.map((signature) => Buffer.from(signature.slice('v1,'.length), 'base64'))

const headerOf = (headers: Headers, name: string): string => String(headers[name] ?? '')

/**
 * Why a delivery cannot be trusted, or `undefined` when it can. Looks at the bytes that arrived and
 * at the three headers of Standard Webhooks (https://www.standardwebhooks.com).
 */
export function distrust(
	secret: string,
	headers: Headers,
	body: Buffer,
	nowSeconds = Math.floor(Date.now() / 1000),
): string | undefined {
	const id = headerOf(headers, 'webhook-id')
	const timestamp = headerOf(headers, 'webhook-timestamp')
	const signature = headerOf(headers, 'webhook-signature')
	if (!id || !timestamp || !signature) return 'The webhook-* headers of the gateway are missing'
	const expected = sign(secret, id, timestamp, body)
	if (!signaturesOf(signature).some((given) => sameBytes(given, expected)))
		return 'The signature does not match'
	if (!(Math.abs(nowSeconds - Number(timestamp)) <= TOLERANCE_SECONDS))
		return `The delivery is dated ${timestamp}, but the clock of n8n says ${nowSeconds}`
	return undefined
}
