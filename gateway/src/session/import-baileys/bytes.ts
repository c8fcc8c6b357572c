import { z } from 'zod'
import { withType } from '../signal/own-keys.ts'

// What it is besides base64 depends on the version of Baileys that wrote it. JSON.stringify alone makes
// { type, data: [1, 2] } of a Buffer, which Baileys' own reviver leaves as it is.
const bytes = z
	.union([
		z.instanceof(Uint8Array),
		z.base64().transform((text) => Buffer.from(text, 'base64')),
		z
			.object({ type: z.literal('Buffer'), data: z.array(z.number()) })
			.transform(({ data }) => Buffer.from(data)),
	])
	.pipe(z.instanceof(Uint8Array))

/** A key or a seed: 32 bytes. */
export const secret = bytes.refine(({ length }) => length === 32, 'is not 32 bytes long')

/** A public key: 33 bytes, its type in front. */
export const publicKey = bytes
	.transform(withType)
	.refine(({ length }) => length === 33, 'is not a public key')

/** What is not there is sometimes written as no bytes. */
export const secretIfAny = bytes
	.refine(({ length }) => length === 0 || length === 32, 'is not 32 bytes long')
	.transform((value) => (value.length ? value : undefined))
	.optional()
