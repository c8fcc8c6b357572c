import { crc32 } from 'node:zlib'
import type { Span } from './record-file.ts'

/** Four bytes each for the hash of an id, for the record's number, and for its offset. */
const BYTES_PER_RECORD = 12

/**
 * Where the records of a collection are in a table: 12 bytes a record, whatever its id. Records with equal hashes are
 * told apart by reading them.
 */
export type HashIndex = {
	/** The lines that may hold an id. */
	candidates(id: string): Span[]
	mayHave(id: string): boolean
	count: number
	/** Where the first record begins, and where the last one ends, in bytes. */
	begin: number
	end: number
	encode(): Buffer
}

/** Collects the records of a collection in the order of the file. */
export function hashIndexBuilder(begin: number) {
	let keys = new Uint32Array(128)
	let offsets = new Uint32Array(64)
	let count = 0
	let end = begin

	function grow() {
		keys = doubled(keys)
		offsets = doubled(offsets)
	}

	return {
		get count() {
			return count
		},
		add(id: string, { offset, length }: Span) {
			if (count === offsets.length) grow()
			// As one number of 64 bits: the hash above, the record's number below.
			keys[2 * count] = count
			keys[2 * count + 1] = crc32(id)
			offsets[count++] = offset
			end = offset + length
		},
		build(): HashIndex {
			new BigUint64Array(keys.buffer, 0, count).sort()
			const numbers = Uint32Array.from({ length: count }, (_, n) => keys[2 * n]!)
			const hashes = Uint32Array.from({ length: count }, (_, n) => keys[2 * n + 1]!)
			return hashIndex(hashes, numbers, offsets.slice(0, count), end)
		},
	}
}

const doubled = (from: Uint32Array<ArrayBuffer>) => {
	const to = new Uint32Array(2 * from.length)
	to.set(from)
	return to
}

/** Reads the bytes of `encode`. @param end where the last record ends */
export function decodeHashIndex(bytes: Buffer, end: number): HashIndex {
	const count = bytes.length / BYTES_PER_RECORD
	// A copy: the numbers must begin at a multiple of four.
	const all = new Uint32Array(new Uint8Array(bytes).buffer)
	const part = (n: number) => all.subarray(n * count, (n + 1) * count)
	return hashIndex(part(0), part(1), part(2), end)
}

function hashIndex(
	hashes: Uint32Array,
	numbers: Uint32Array,
	offsets: Uint32Array,
	end: number,
): HashIndex {
	const count = hashes.length
	const spanOf = (number: number): Span => {
		const offset = offsets[number]!
		return { offset, length: (offsets[number + 1] ?? end) - offset }
	}

	/** The position of the first hash that is not below. */
	function lowerBound(hash: number): number {
		let [low, high] = [0, count]
		while (low < high) {
			const middle = (low + high) >>> 1
			if (hashes[middle]! < hash) low = middle + 1
			else high = middle
		}
		return low
	}

	return {
		count,
		begin: offsets[0] ?? end,
		end,
		mayHave(id) {
			const hash = crc32(id)
			return hashes[lowerBound(hash)] === hash
		},
		candidates(id) {
			const hash = crc32(id)
			const found: Span[] = []
			for (let at = lowerBound(hash); hashes[at] === hash; at++) found.push(spanOf(numbers[at]!))
			return found
		},
		encode: () =>
			Buffer.concat(
				[hashes, numbers, offsets].map((part) =>
					Buffer.from(part.buffer, part.byteOffset, part.byteLength),
				),
			),
	}
}
