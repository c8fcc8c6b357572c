import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proto, type BinaryNode, type WAMessage } from '@whiskeysockets/baileys'
import { createCiphertexts } from '../../../gateway/src/session/receive/ciphertexts.ts'
import { ciphertextHash } from '../../../gateway/src/session/signal/repository.ts'

const own = { id: '491700000001:1@s.whatsapp.net', lid: '1001:1@lid' }
const ciphertext = new Uint8Array([1, 2, 3])
const stanza: BinaryNode = {
	tag: 'message',
	attrs: { id: 'A1', from: '491700000002@s.whatsapp.net', type: 'text', t: '1700000000' },
	content: [{ tag: 'enc', attrs: { type: 'msg', v: '2' }, content: ciphertext }],
}
const padded = Buffer.concat([
	proto.Message.encode({ conversation: 'hello' }).finish(),
	Buffer.of(1),
])

test('a message that is decrypted when its connection has just ended is kept with its ratchet step', async () => {
	const read: WAMessage[] = []
	let me: typeof own | undefined = own
	const ciphertexts = createCiphertexts(
		() => me,
		async (message) => {
			read.push(message)
			return undefined
		},
	)
	ciphertexts.noteStanza(stanza)
	me = undefined
	await ciphertexts.decrypted({ hash: ciphertextHash(ciphertext), plain: padded })
	assert.deepEqual(
		read.map(({ message }) => message?.conversation),
		['hello'],
	)
})
