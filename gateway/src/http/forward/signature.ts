import { createHmac } from 'node:crypto'
import { isSameSecret } from '../../lib/same-secret.ts'
import { SECOND_MS } from '../../lib/units.ts'
import type { Vouched } from './request-scope.ts'

const SIGNATURE = 'wag-internal'
const VOUCHED = 'wag-caller'
const EPOCH = 'wag-epoch'

/** The headers that a forwarded request has besides those of its client. */
export const internalHeaders: readonly string[] = [SIGNATURE, VOUCHED, EPOCH]

/** How far the clocks of two gateways may differ, and how long a signature is of use. */
const MAX_SKEW_MS = 30 * SECOND_MS

/** A request of one gateway to another. */
export type InternalRequest = {
	/** The gateway that sends it. */
	node: string
	method: string
	/** With its query. */
	path: string
	/** The epoch of the session at the gateway that is asked. */
	epoch: number
	vouched: Vouched
}

/** Signs a request to another gateway. @returns its headers */
export function signRequest(
	key: string,
	{ vouched, epoch, ...request }: InternalRequest,
	now = Date.now(),
): Record<string, string> {
	const caller = Buffer.from(JSON.stringify(vouched)).toString('base64url')
	const signed = { ...request, caller, epoch: String(epoch), time: String(now) }
	return {
		[SIGNATURE]: `${request.node}.${now}.${hmacOf(key, signed)}`,
		[VOUCHED]: caller,
		[EPOCH]: signed.epoch,
	}
}

/** What a gateway vouches for in a request; undefined if the request is not of one, or too old. */
export function readSignature(
	key: string,
	{ method, path, headers }: { method: string; path: string; headers: Headers },
	now = Date.now(),
): Vouched | undefined {
	const [, node, time, hmac] = /^(.+)\.(\d+)\.([\w-]+)$/.exec(headers.get(SIGNATURE) ?? '') ?? []
	const caller = headers.get(VOUCHED)
	const epoch = headers.get(EPOCH)
	if (!node || !time || !hmac || caller === null || epoch === null) return undefined
	const expected = hmacOf(key, { node, method, path, caller, epoch, time })
	if (!isSameSecret(Buffer.from(hmac), Buffer.from(expected))) return undefined
	if (Math.abs(now - Number(time)) > MAX_SKEW_MS) return undefined
	return JSON.parse(Buffer.from(caller, 'base64url').toString()) as Vouched
}

type Signed = Record<'node' | 'method' | 'path' | 'caller' | 'epoch' | 'time', string>

/** None of the parts can hold a line break: two different requests never give the same text. */
function hmacOf(key: string, { node, method, path, caller, epoch, time }: Signed): string {
	const text = [node, method, path, caller, epoch, time].join('\n')
	return createHmac('sha256', key).update(text).digest('base64url')
}
