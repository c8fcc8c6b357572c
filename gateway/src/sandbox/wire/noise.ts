import { createHash } from 'node:crypto'
import { proto } from '@whiskeysockets/baileys'
import { hkdf, openGcm, sealGcm } from './ciphers.ts'
import { agree, generateKeyPair, type KeyPair } from './curve.ts'

/** 32 bytes exactly, so that it is its own hash (Noise, section 5.2). */
const PROTOCOL = Buffer.from('Noise_XX_25519_AESGCM_SHA256\0\0\0\0')

/** One direction of an open connection: decrypts or encrypts messages by their number. */
export type Transport = { seal(plain: Uint8Array): Buffer; open(sealed: Uint8Array): Buffer }

const counterIv = (counter: number) => {
	const iv = Buffer.alloc(12)
	iv.writeUInt32BE(counter, 8)
	return iv
}

/**
 * The answering side of Noise XX. Call `hello`, then `finish`, once each and in this order.
 * @param intro the client's stream header; it is part of what both sides hash
 */
export function answerHandshake(intro: Uint8Array, serverStatic: KeyPair, certificate: Uint8Array) {
	const ephemeral = generateKeyPair()
	let hash: Uint8Array = PROTOCOL
	let salt: Buffer = PROTOCOL
	let key: Buffer = PROTOCOL
	let counter = 0

	const mixHash = (data: Uint8Array) => {
		hash = createHash('sha256').update(hash).update(data).digest()
	}
	const expand = (secret: Uint8Array) => {
		const output = hkdf(secret, salt, '', 64)
		return [output.subarray(0, 32), output.subarray(32)] as const
	}
	const mixKey = (secret: Uint8Array) => {
		;[salt, key] = expand(secret)
		counter = 0
	}
	const seal = (plain: Uint8Array) => {
		const sealed = sealGcm(key, counterIv(counter++), plain, hash)
		mixHash(sealed)
		return sealed
	}
	const open = (sealed: Uint8Array) => {
		const plain = openGcm(key, counterIv(counter++), sealed, hash)
		mixHash(sealed)
		return plain
	}

	mixHash(intro)
	return {
		/** Takes the client's hello; returns ours. */
		hello(message: Uint8Array): Uint8Array {
			const theirs = required(proto.HandshakeMessage.decode(message).clientHello?.ephemeral)
			mixHash(theirs)
			mixHash(ephemeral.public)
			mixKey(agree(ephemeral, theirs))
			const sealedStatic = seal(serverStatic.public)
			mixKey(agree(serverStatic, theirs))
			const payload = seal(certificate)
			const serverHello = { ephemeral: ephemeral.public, static: sealedStatic, payload }
			return proto.HandshakeMessage.encode({ serverHello }).finish()
		},
		/** Takes the client's last message; returns who it is, what it wants and the open channel. */
		finish(message: Uint8Array) {
			const { clientFinish } = proto.HandshakeMessage.decode(message)
			const clientStatic = open(required(clientFinish?.static))
			mixKey(agree(ephemeral, clientStatic))
			const payload = proto.ClientPayload.decode(open(required(clientFinish?.payload)))
			const [clientWrites, serverWrites] = expand(Buffer.alloc(0))
			return { clientStatic, payload, transport: openTransport(clientWrites, serverWrites) }
		},
	}
}

function openTransport(readKey: Buffer, writeKey: Buffer): Transport {
	let read = 0
	let written = 0
	return {
		seal: (plain) => sealGcm(writeKey, counterIv(written++), plain),
		open: (sealed) => openGcm(readKey, counterIv(read++), sealed),
	}
}

function required(bytes: Uint8Array | null | undefined): Uint8Array {
	if (!bytes) throw new Error('handshake message lacks a field')
	return bytes
}
