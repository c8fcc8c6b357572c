import assert from 'node:assert/strict'
import crypto, {
	createCipheriv,
	createDecipheriv,
	createHmac,
	createSecretKey,
	type CipherKey,
} from 'node:crypto'
import { test } from 'node:test'
import { useKeyObjects } from '../../../gateway/src/lib/key-objects.ts'

const BYTES = Buffer.from('0123456789abcdef0123456789abcdef')
const IV = Buffer.alloc(12, 7)
const DATA = Buffer.from('a text')

function sealed(key: CipherKey) {
	const cipher = createCipheriv('aes-256-gcm', key, IV, { authTagLength: 16 })
	return Buffer.concat([cipher.update(DATA), cipher.final(), cipher.getAuthTag()])
}

function opened(key: CipherKey, bytes: Buffer) {
	const decipher = createDecipheriv('aes-256-gcm', key, IV, { authTagLength: 16 })
	decipher.setAuthTag(bytes.subarray(-16))
	return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()])
}

const digest = (key: CipherKey) => createHmac('sha256', key).update(DATA).digest('hex')

test('ciphers and HMACs give the same result for every kind of key, and imported functions are replaced', () => {
	const object = createSecretKey(BYTES)
	const expected = { sealed: sealed(object), digest: digest(object), empty: digest('') }
	useKeyObjects()
	useKeyObjects()
	assert.equal(createCipheriv.name, 'replacement')
	assert.equal(createCipheriv, crypto.createCipheriv)
	const keys = {
		BYTES,
		array: new Uint8Array(BYTES),
		object,
		text: BYTES.toString(),
	}
	for (const [kind, key] of Object.entries(keys)) {
		assert.deepEqual(sealed(key), expected.sealed, kind)
		assert.deepEqual(opened(key, expected.sealed), DATA, kind)
		assert.equal(digest(key), expected.digest, kind)
	}
	assert.equal(digest(Buffer.alloc(0)), expected.empty)
	assert.throws(() => sealed(BYTES.subarray(1)), { code: 'ERR_CRYPTO_INVALID_KEYLEN' })
})
