import {
	jidNormalizedUser,
	proto,
	type BinaryNode,
	type Contact,
	type WASocket,
} from '@whiskeysockets/baileys'
import { unpad } from '../../padding.ts'
import { ciphertextFor, type OtherName } from './ciphertext.ts'
import { isPlainContent } from './plain-content.ts'
import { watchPresence } from './presence.ts'

export type DirectReceiveOptions = {
	otherName: OtherName
	/** A person has shown this name. */
	named(contacts: Partial<Contact>[]): void
	/** A message was received here, and Baileys has nothing to do with it. */
	received(messageId: string): void
}

/**
 * Receives messages of single persons whose LID and phone number are known: decrypts, and sends the receipt. All that is
 * to be kept is committed by the Signal repository, before the receipt leaves. What Baileys does beside this is of use
 * to nobody here: it notes chats, emits the message again and looks for what only some kinds of messages have.
 * `test/integration/session/receive/direct.test.ts` compares the frames of the two ways.
 * @returns takes a message's stanza; resolves to false if it is for Baileys, as it is after an error. Baileys then gets what was
 * kept of the first look, plaintext or failure: a message may be looked at twice
 */
export function createDirectReceive(socket: WASocket, options: DirectReceiveOptions) {
	const { signalRepository, sendReceipt, user } = socket
	const { otherName, named, received } = options
	const isOnline = watchPresence(socket)

	return async function receive(stanza: BinaryNode): Promise<boolean> {
		const { id, from, notify } = stanza.attrs as { id: string; from: string; notify?: string }
		const ciphertext = ciphertextFor(stanza, socket.user ?? user, otherName)
		if (!ciphertext || !(await signalRepository.validateSession(from)).exists) return false
		const asked = { jid: from, type: 'msg', ciphertext } as const
		const plain = await signalRepository.decryptMessage(asked)
		if (!isPlainContent(proto.Message.decode(unpad(plain)))) return false
		await sendReceipt(from, undefined, [id], isOnline() ? undefined : 'inactive')
		if (notify) named([{ id: jidNormalizedUser(from), notify }])
		received(id)
		return true
	}
}
