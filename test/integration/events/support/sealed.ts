import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'

export type Sealing = {
	/** The message whose secret it is. */
	id: string
	secret: Uint8Array
	/** Jids. */
	author: string
	sender: string
	/** Whether the sender is authenticated, as for votes. */
	authenticated?: boolean
}

/** Encrypts with the secret of a message, as phones do. */
export function seal(purpose: string, plain: Uint8Array, sealing: Sealing) {
	const { id, secret, author, sender, authenticated } = sealing
	const encIv = randomBytes(12)
	const info = id + author + sender + purpose
	const key = new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(32), info, 32))
	const cipher = createCipheriv('aes-256-gcm', key, encIv)
	if (authenticated) cipher.setAAD(Buffer.from(`${id}\0${sender}`))
	const encPayload = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
	return { encPayload, encIv }
}
