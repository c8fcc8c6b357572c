import { createDecipheriv, hkdfSync } from 'node:crypto'
import type { Identity } from '../../../events/identity.ts'
import { jidsOf } from '../../identity.ts'

/** What an encryption with the secret of a message is for: WhatsApp's names, a part of the key. */
export type Purpose =
	| 'Poll Vote'
	| 'Event Response'
	| 'Enc Reaction'
	| 'Enc Comment'
	| 'Message Edit'
	| 'Event Edit'
	| 'Poll Edit'
	| 'Poll Add Option'

export type Encrypted = {
	encPayload?: Uint8Array | null | undefined
	encIv?: Uint8Array | null | undefined
}

/** The author of the message with the secret, and the person who encrypted with it. */
export type Sealing = {
	id: string
	secret: Uint8Array
	author: Identity
	sender: Identity
}

const TAG_BYTES = 16

/**
 * Decrypts what a person has encrypted with the secret of an earlier message: AES-256-GCM. Which jids of the two people
 * the key was made with depends on the client, and whether the sender is authenticated on the purpose.
 * @returns undefined if nothing fits
 */
export function decryptWithSecret(
	{ encPayload, encIv }: Encrypted,
	purpose: Purpose,
	{ id, secret, author, sender }: Sealing,
): Uint8Array | undefined {
	if (!encPayload || !encIv?.length || encPayload.length < TAG_BYTES) return undefined
	for (const by of jidsOf(sender))
		for (const of of jidsOf(author)) {
			const info = id + of + by + purpose
			const key = new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(32), info, 32))
			for (const authenticated of ['', `${id}\0${by}`]) {
				const plain = openGcm(key, encIv, encPayload, authenticated)
				if (plain) return plain
			}
		}
	return undefined
}

function openGcm(key: Uint8Array, iv: Uint8Array, sealed: Uint8Array, authenticated: string) {
	try {
		const decipher = createDecipheriv('aes-256-gcm', key, iv)
		decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
		decipher.setAAD(Buffer.from(authenticated))
		return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()])
	} catch {
		return undefined
	}
}
