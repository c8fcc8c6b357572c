import { isUtf8 } from 'node:buffer'
import { createCipheriv, createDecipheriv, createHmac, randomBytes, scryptSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { DamagedError } from '../driver.ts'
import type { Curtain } from './record-line.ts'

/** The key does not fit, or there is none: the state behind it is whole. */
export class StateKeyError extends Error {
	override name = 'StateKeyError'
}

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
const MIN_PASSPHRASE = 16

// `hidden1:<name of the key>:<base64 of IV, ciphertext, tag>`. No JSON begins like that.
const HIDDEN = /^hidden1:([\w-]{11}):/

/** True for what a curtain made. */
export const isHidden = (text: string): boolean => HIDDEN.test(text)

/**
 * Keeps text with AES-256-GCM.
 * @param key 32 bytes as hex or base64 (`openssl rand -hex 32`), or a passphrase of 16 or more characters
 * @throws StateKeyError when the key is too short; `show` does so for what another key, or none, has written
 */
export function curtainFor(key: string): Curtain {
	const secret = secretOf(key)
	const name = nameOf(secret)
	const prefix = `hidden1:${name}:`
	return {
		hide: (text) => prefix + encrypt(secret, prefix, text),
		show(text) {
			const [found, writer] = HIDDEN.exec(text) ?? []
			if (!found) throw writtenWithoutKey()
			if (writer !== name) throw writtenWithOtherKey()
			return decrypt(secret, prefix, text.slice(found.length))
		},
	}
}

/** For state that is not hidden. It says so when it meets some that is, instead of calling it damaged. */
export const noCurtain: Curtain = {
	hide: (text) => text,
	show(text) {
		if (isHidden(text)) throw keyIsMissing()
		return text
	},
}

/** Reads what either of two has hidden and writes as the first: to begin with a key, to change or to end it. */
export function changeOfCurtains(to: Curtain, from: Curtain): Curtain {
	const show = (text: string) => {
		try {
			return to.show(text)
		} catch (error) {
			if (!(error instanceof StateKeyError)) throw error
			return from.show(text)
		}
	}
	return { hide: to.hide, show }
}

/** The key in a file, which may end with a newline. @throws StateKeyError when there is none */
export async function readKeyFile(path: string): Promise<string> {
	const bytes = await readFile(path).catch((cause: Error) => {
		throw keyFile(
			path,
			`cannot be read (${cause.message}): make it readable for the gateway`,
			cause,
		)
	})
	const key = bytes.toString().trim()
	if (!key) throw keyFile(path, 'is empty: put a key into it (openssl rand -hex 32)')
	// Read as text, random bytes would lose most of what is random in them.
	if (!isUtf8(bytes))
		throw keyFile(path, 'is not text: write the key as hex (openssl rand -hex 32)')
	return key
}

function secretOf(key: string): Buffer {
	const given = key.trim()
	if (/^[0-9a-f]{64}$/i.test(given)) return Buffer.from(given, 'hex')
	if (/^[\w+/-]{43}=?$/.test(given)) return Buffer.from(given, 'base64')
	if (given.length >= MIN_PASSPHRASE) return stretched(given)
	throw new StateKeyError(
		`STATE_KEY is too short: give 32 bytes as hex (openssl rand -hex 32) or ${MIN_PASSPHRASE} characters or more.`,
	)
}

/** Some 0.2 s and 32 MB, once: OWASP's parameters for a machine that has other things to do. */
function stretched(passphrase: string): Buffer {
	// A salt of its own for every store would have to be kept next to it, and a store that lost it would be
	// lost. Who fears tables made for this program takes a key instead of a passphrase.
	const salt = 'whatsapp-gateway state key 1'
	const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 2 ** 26 }
	return scryptSync(passphrase.normalize('NFKC'), salt, KEY_BYTES, cost)
}

/** Tells keys apart and nothing else about them; it stands before everything that a key has hidden. */
function nameOf(secret: Buffer): string {
	const digest = createHmac('sha256', secret).update('name of the key').digest()
	return digest.subarray(0, 8).toString('base64url')
}

// 2^32 texts may have a random IV under one key (NIST SP 800-38D, 8.3): 136 a second for a year.
function encrypt(secret: Buffer, prefix: string, text: string): string {
	const iv = randomBytes(IV_BYTES)
	const cipher = createCipheriv(CIPHER, secret, iv).setAAD(Buffer.from(prefix))
	const body = [cipher.update(text, 'utf8'), cipher.final()]
	return Buffer.concat([iv, ...body, cipher.getAuthTag()]).toString('base64')
}

function decrypt(secret: Buffer, prefix: string, hidden: string): string {
	const bytes = Buffer.from(hidden, 'base64')
	if (bytes.length < IV_BYTES + TAG_BYTES) throw changed()
	const decipher = createDecipheriv(CIPHER, secret, bytes.subarray(0, IV_BYTES), {
		authTagLength: TAG_BYTES,
	})
	decipher.setAAD(Buffer.from(prefix)).setAuthTag(bytes.subarray(-TAG_BYTES))
	const body = bytes.subarray(IV_BYTES, -TAG_BYTES)
	try {
		return decipher.update(body, undefined, 'utf8') + decipher.final('utf8')
	} catch (cause) {
		throw changed(cause)
	}
}

const keyFile = (path: string, what: string, cause?: unknown) =>
	new StateKeyError(`STATE_KEY_FILE ${path} ${what}.`, { cause })

const keyIsMissing = () =>
	new StateKeyError(
		'The state is encrypted, and no key was given. Set STATE_KEY or STATE_KEY_FILE to the key that it was written with.',
	)

const writtenWithOtherKey = () =>
	new StateKeyError(
		'The state was encrypted with another key. Set STATE_KEY or STATE_KEY_FILE to the key that it was written with, or OLD_STATE_KEY for the command `rekey`; nothing was changed.',
	)

const writtenWithoutKey = () =>
	new StateKeyError(
		'The state is not encrypted, but a key was given. Encrypt it by the command `rekey`, or start without STATE_KEY and STATE_KEY_FILE.',
	)

const changed = (cause?: unknown) =>
	new DamagedError(
		'Encrypted state is damaged: it was changed by somebody who has not the key. Its files were left as they are; restore them from a backup.',
		{ cause },
	)
