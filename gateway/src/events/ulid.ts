import { randomBytes } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A ULID: 26 characters that sort by time and never repeat. https://github.com/ulid/spec */
export function ulid(now = Date.now()): string {
	const time = BigInt(now) << 80n
	let rest = time | BigInt(`0x${randomBytes(10).toString('hex')}`)
	let text = ''
	for (let place = 0; place < 26; place++) {
		text = alphabet[Number(rest & 31n)] + text
		rest >>= 5n
	}
	return text
}
