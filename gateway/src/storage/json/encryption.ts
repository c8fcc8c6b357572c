import { isUtf8 } from 'node:buffer'
import { createCipheriv, createDecipheriv, createHmac, randomBytes, scryptSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { DamagedError } from '../driver.ts'
import type { Cipher } from './record-line.ts'

/** The key does not fit, or there is none: the state behind it is whole. */
export class StateKeyError extends Error {
	override name = 'StateKeyError'
}

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
const MIN_PASSPHRASE = 16

// `encrypted1:<name of the key>:<base64 of IV, ciphertext, tag>`. No JSON begins like that.
const ENCRYPTED = /^encrypted1:([\w-]{11}):/

// The same, bound to its place.
const ENCRYPTED_FOR_PLACE = /^encrypted2:([\w-]{11}):/

/** Whether text is encrypted. */
export const isEncrypted = (text: string): boolean =>
	ENCRYPTED.test(text) || ENCRYPTED_FOR_PLACE.test(text)

/**
 * Encrypts text with AES-256-GCM.
 * @param key 32 bytes as hex or base64 (`openssl rand -hex 32`), or a passphrase of 16 or more characters
 * @throws StateKeyError when the key is too short; `decrypt` does so for text that another key, or none, has written
 */
export function cipherFor(key: string): Cipher {
	const secret = secretOf(key)
	const name = keyName(secret)
	const prefix = `encrypted1:${name}:`
	return {
		encrypt: (text) => prefix + encryptText(secret, prefix, text),
		decrypt(text) {
			const [found, writer] = ENCRYPTED.exec(text) ?? []
			if (!found) throw writtenWithoutKey()
			if (writer !== name) throw writtenWithOtherKey()
			return decryptText(secret, prefix, text.slice(found.length))
		},
	}
}

/** Encrypts text for one place: it cannot be decrypted in another. */
export type PlaceCipher = {
	/** Tells its key from others. */
	name: string
	encrypt(text: string, place: string): string
	/** @throws StateKeyError, DamagedError */
	decrypt(text: string, place: string): string
	/** Always the same for the same text, and of no use without the key. */
	digest(text: string): string
}

/** As `cipherFor`, for rows that could be moved one by one. @throws StateKeyError */
export function placeCipherFor(key: string): PlaceCipher {
	const secret = secretOf(key)
	const name = keyName(secret)
	const prefix = `encrypted2:${name}:`
	const digestKey = createHmac('sha256', secret).update('ids of records').digest()
	return {
		name,
		encrypt: (text, place) => prefix + encryptText(secret, prefix + place, text),
		decrypt(text, place) {
			const [found, writer] = ENCRYPTED_FOR_PLACE.exec(text) ?? []
			if (!found) throw writtenWithoutKey()
			if (writer !== name) throw writtenWithOtherKey()
			return decryptText(secret, prefix + place, text.slice(found.length))
		},
		digest: (text) => createHmac('sha256', digestKey).update(text).digest('base64url').slice(0, 22),
	}
}

/** For state that is not encrypted. Encrypted text gets an error of its own, instead of being called damaged. */
export const plaintext: Cipher = {
	encrypt: (text) => text,
	decrypt(text) {
		if (isEncrypted(text)) throw keyIsMissing()
		return text
	},
}

/** Decrypts with either of two ciphers and encrypts with the first: to begin with a key, to change it, or to end with it. */
export function rekeyingCipher(to: Cipher, from: Cipher): Cipher {
	const decrypt = (text: string) => {
		try {
			return to.decrypt(text)
		} catch (error) {
			if (!(error instanceof StateKeyError)) throw error
			return from.decrypt(text)
		}
	}
	return { encrypt: to.encrypt, decrypt }
}

/**
 * The key in a file, which may end with a newline.
 * @param setting names the file
 * @throws StateKeyError when there is none
 */
export async function readKeyFile(path: string, setting = 'STATE_KEY_FILE'): Promise<string> {
	const keyFileError = (what: string, cause?: unknown) =>
		new StateKeyError(`${setting} ${path} ${what}.`, { cause })
	const bytes = await readFile(path).catch((cause: Error) => {
		throw keyFileError(`cannot be read (${cause.message}): make it readable for the gateway`, cause)
	})
	const key = bytes.toString().trim()
	if (!key) throw keyFileError('is empty: put a key into it (openssl rand -hex 32)')
	// Read as text, random bytes would lose most of what is random in them.
	if (!isUtf8(bytes)) throw keyFileError('is not text: write the key as hex (openssl rand -hex 32)')
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

/** Tells keys apart and nothing else about them. It stands before everything that a key has encrypted. */
function keyName(secret: Buffer): string {
	const digest = createHmac('sha256', secret).update('name of the key').digest()
	return digest.subarray(0, 8).toString('base64url')
}

// 2^32 texts may have a random IV under one key (NIST SP 800-38D, 8.3): 136 a second for a year.
function encryptText(secret: Buffer, bound: string, text: string): string {
	const iv = randomBytes(IV_BYTES)
	const cipher = createCipheriv(ALGORITHM, secret, iv).setAAD(Buffer.from(bound))
	const body = [cipher.update(text, 'utf8'), cipher.final()]
	return Buffer.concat([iv, ...body, cipher.getAuthTag()]).toString('base64')
}

function decryptText(secret: Buffer, bound: string, hidden: string): string {
	const bytes = Buffer.from(hidden, 'base64')
	if (bytes.length < IV_BYTES + TAG_BYTES) throw tampered()
	const decipher = createDecipheriv(ALGORITHM, secret, bytes.subarray(0, IV_BYTES), {
		authTagLength: TAG_BYTES,
	})
	decipher.setAAD(Buffer.from(bound)).setAuthTag(bytes.subarray(-TAG_BYTES))
	const body = bytes.subarray(IV_BYTES, -TAG_BYTES)
	try {
		return decipher.update(body, undefined, 'utf8') + decipher.final('utf8')
	} catch (cause) {
		throw tampered(cause)
	}
}

export const keyIsMissing = () =>
	new StateKeyError(
		'The state is encrypted, and no key was given. Set STATE_KEY or STATE_KEY_FILE to the key that it was written with.',
	)

export const writtenWithOtherKey = () =>
	new StateKeyError(
		'The state was encrypted with another key. Set STATE_KEY or STATE_KEY_FILE to the key that it was written with, or set OLD_STATE_KEY and run the command `rekey`. Nothing was changed.',
	)

export const writtenWithoutKey = () =>
	new StateKeyError(
		'The state is not encrypted, but a key was given. Encrypt it with the command `rekey`, or start without STATE_KEY and STATE_KEY_FILE.',
	)

const tampered = (cause?: unknown) =>
	new DamagedError(
		'Encrypted state is damaged: it was changed without the key. Its files are left as they are: restore them from a backup.',
		{ cause },
	)
