import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const NO_FILTER = 0

/**
 * A square picture in black and white as PNG (ISO 15948), with one bit for each dot.
 * @param size dots on each side
 */
export function pngOf(size: number, isDark: (x: number, y: number) => boolean): Buffer {
	const lineBytes = Math.ceil(size / 8)
	const lines = Array.from({ length: size }, (_, y) => {
		const line = Buffer.alloc(1 + lineBytes, 0xff)
		line[0] = NO_FILTER
		for (let x = 0; x < size; x++) if (isDark(x, y)) line[1 + (x >> 3)]! &= ~(0x80 >> (x & 7))
		return line
	})
	const header = Buffer.alloc(13)
	header.writeUInt32BE(size, 0)
	header.writeUInt32BE(size, 4)
	header[8] = 1 // bits for each dot; all that follows is 0: grey, no interlacing
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(Buffer.concat(lines))),
		chunk('IEND', Buffer.alloc(0)),
	])
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
	const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
	length.writeUInt32BE(data.length)
	checksum.writeUInt32BE(crc32(body))
	return Buffer.concat([length, body, checksum])
}
