import { randomBytes } from 'node:crypto'
import sharp from 'sharp'

export type FileKind = 'image' | 'document'

/** A file to send: the same for both contenders, but for its last bytes. */
export type FileWork = { kind: FileKind; bytes: number }

export const mimetypes = { image: 'image/jpeg', document: 'application/octet-stream' }

/** Of a JPEG full of noise, at the quality below. */
const BYTES_PER_PIXEL = 0.64
const COUNTER_BYTES = 4

/** Something of about this size; an image is one that can be read, and takes work to be. */
export async function makeFile({ kind, bytes }: FileWork): Promise<Buffer> {
	if (kind === 'document') return randomBytes(bytes)
	const side = Math.round(Math.sqrt(bytes / BYTES_PER_PIXEL))
	const raw = { width: side, height: side, channels: 3 } as const
	return sharp(randomBytes(side * side * 3), { raw })
		.jpeg({ quality: 80 })
		.toBuffer()
}

/** The file with a number behind its end, so that nobody has sent it before. */
export function numbered(file: Buffer, index: number): Buffer {
	const counter = Buffer.alloc(COUNTER_BYTES)
	counter.writeUInt32BE(index)
	return Buffer.concat([file, counter])
}
