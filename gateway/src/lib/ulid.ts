import { fewRandomBytes } from './random-pool.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TIME_DIGITS = 10
const RANDOM_DIGITS = 16

/** A ULID: 26 characters that sort by time and never repeat. https://github.com/ulid/spec */
export function ulid(now = Date.now()): string {
	let time = ''
	for (let left = now; time.length < TIME_DIGITS; left = Math.floor(left / 32))
		time = alphabet[left % 32] + time
	let rest = ''
	// Five bits of each byte: 80 in all.
	for (const byte of fewRandomBytes(RANDOM_DIGITS)) rest += alphabet[byte & 31]
	return time + rest
}
