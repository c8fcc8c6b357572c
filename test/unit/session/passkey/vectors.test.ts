import assert from 'node:assert/strict'
import { createDecipheriv } from 'node:crypto'
import { test } from 'node:test'
import { proto } from '@whiskeysockets/baileys'
import { handoffKeyOf, handoffProofOf } from '../../../../gateway/src/session/passkey/handoff.ts'
import { encryptPairingRequest } from '../../../../gateway/src/session/passkey/pairing-request.ts'
import { readPrimaryIdentity } from '../../../../gateway/src/session/passkey/primary-identity.ts'
import { deviceTypeOf, prologueOf } from '../../../../gateway/src/session/passkey/prologue.ts'
import { verificationCodeOf } from '../../../../gateway/src/session/passkey/verification-code.ts'

// The expected values were calculated by another program from the formulas alone (HKDF, HMAC, X25519 of RFC 7748).
const all = (byte: number) => Buffer.alloc(32, byte)
const advSecret = Buffer.from(Array.from({ length: 32 }, (_, index) => index))
const parts = { publicKey: all(0x11), deviceType: 1, ref: '4@ref', nonce: all(0x22) }
const prologue =
	'0a2b0a20111111111111111111111111111111111111111111111111111111111111111110011a05344072656612' +
	'220a204d187e2f2967071a8c8da5aeab8475e1db5d8980c41f204149332003ffd499e3'

test('the handoff key follows from the secret of the QR code', () => {
	assert.equal(
		handoffKeyOf(advSecret.toString('base64')).toString('hex'),
		'bf71b722a793d4f9d2c8e46ad45266621b5d4c5273cca92d93068648346c10a5',
	)
})

test('the prologue commits to the nonce over the very bytes of the identity', () => {
	assert.equal(Buffer.from(prologueOf(parts)).toString('hex'), prologue)
})

test('the proof is over the prologue', () => {
	const key = handoffKeyOf(advSecret.toString('base64'))
	assert.equal(
		handoffProofOf(key, Buffer.from(prologue, 'hex')).toString('hex'),
		'9267f99a559163e84e9e083d775900c79565e5de41748270783db281fb058c3f',
	)
})

test('the code mixes both nonces and the key of the phone', () => {
	const primary = { publicKey: all(0x33), nonce: all(0x44) }
	assert.equal(verificationCodeOf(all(0x22), primary), 'JKHV-P2ES')
})

test('the pairing request is encrypted with the agreed key, which the reference salts', () => {
	const request = {
		companionPublicKey: all(1),
		companionIdentityKey: all(2),
		advSecret: all(3),
	}
	const encrypted = encryptPairingRequest(
		{
			privateKey: Buffer.concat([Buffer.of(0x50), Buffer.alloc(31, 0x55)]),
			publicKey: Buffer.from(
				'219e4d800da968d2a5fcb009c784f4746c7138edb9ee4844b739e830b05cf424',
				'hex',
			),
			deviceType: 1,
			ref: '4@ref',
			request,
		},
		Buffer.alloc(12, 9),
	)
	const { encryptedPayload, iv } = proto.EncryptedPairingRequest.decode(encrypted)
	assert.deepEqual(Buffer.from(iv!), Buffer.alloc(12, 9))
	const key = Buffer.from('c1751e86cc39e8e491380f634e1d62d7f7d22a9b826a9a08556e6805e4f5a9a1', 'hex')
	const sealed = Buffer.from(encryptedPayload!)
	const decipher = createDecipheriv('aes-256-gcm', key, iv!).setAuthTag(sealed.subarray(-16))
	const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
	assert.deepEqual(plain, Buffer.from(proto.PairingRequest.encode(request).finish()))
})

test('keys and nonces of another length are not used', () => {
	const encode = (key: number, nonce: number) =>
		proto.PrimaryEphemeralIdentity.encode({
			publicKey: Buffer.alloc(key),
			nonce: Buffer.alloc(nonce),
		}).finish()
	assert.equal(readPrimaryIdentity(encode(32, 32)).nonce.length, 32)
	assert.throws(() => readPrimaryIdentity(encode(33, 32)))
	assert.throws(() => readPrimaryIdentity(encode(32, 12)))
})

test('the device is the platform that it was registered as, not the number of its icon', () => {
	const { PlatformType } = proto.DeviceProps
	assert.equal(deviceTypeOf(['Ubuntu', 'Chrome', '']), PlatformType.CHROME)
	assert.equal(deviceTypeOf(['Windows', 'Edge', '']), PlatformType.EDGE)
	assert.equal(deviceTypeOf(['Mac OS', 'Safari', '']), PlatformType.SAFARI)
	assert.equal(deviceTypeOf(['Mac OS', 'Something', '']), PlatformType.CHROME)
})
