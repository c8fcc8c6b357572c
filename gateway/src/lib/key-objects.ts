import crypto, { createSecretKey } from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

let isInstalled = false

/**
 * Has ciphers and HMACs take keys of bytes by way of a key object.
 *
 * Node 24 finds out that a key is no key object by an error that is thrown and caught, with its stack: 12 to 32 µs for
 * each cipher, of which a message needs five to seven, in Baileys' code above all. There is no other way in: Baileys takes
 * the functions from the module. To be deleted when Node tells them apart without an error.
 */
export function useKeyObjects(): void {
	if (isInstalled) return
	isInstalled = true
	for (const name of ['createCipheriv', 'createDecipheriv', 'createHmac'] as const) {
		const original = crypto[name] as (...args: unknown[]) => unknown
		const replacement = (algorithm: unknown, key: unknown, ...rest: unknown[]) =>
			original(algorithm, isBytes(key) ? createSecretKey(key) : key, ...rest)
		Object.assign(crypto, { [name]: replacement })
	}
	syncBuiltinESMExports()
}

/** Node makes no key object of no bytes. */
const isBytes = (key: unknown): key is Uint8Array => key instanceof Uint8Array && key.length > 0
