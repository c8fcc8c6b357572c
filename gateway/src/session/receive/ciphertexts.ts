import { decodeMessageNode, proto, type BinaryNode, type WAMessage } from '@whiskeysockets/baileys'
import type { Commitment } from './receiver.ts'
import { hashOf, type Decrypted } from '../signal/repository.ts'

/**
 * Knows which stanza a ciphertext came in, so that a decrypted message can be understood, and kept, in the
 * very commit of its ratchet step: before WhatsApp is told that it was received.
 */
export function createIncoming(
	me: () => { id: string; lid?: string | undefined } | undefined,
	understand: (message: WAMessage) => Promise<Commitment | undefined>,
) {
	const stanzas = new Map<string, BinaryNode>()

	return {
		/** Call it for every `<message>`, before Baileys handles it. */
		note(stanza: BinaryNode): void {
			for (const { tag, content } of Array.isArray(stanza.content) ? stanza.content : []) {
				if (tag !== 'enc' || !(content instanceof Uint8Array)) continue
				// However many: all that waited while we were away comes at once.
				stanzas.set(hashOf(content), stanza)
			}
		},
		/** A new connection: what was not decrypted on the old one comes again. */
		startAnew: () => stanzas.clear(),
		/** A ciphertext could not be decrypted. @returns the message that it was of, without content */
		unreadable(hash: string): WAMessage | undefined {
			const stanza = stanzas.get(hash)
			const own = me()
			stanzas.delete(hash)
			return stanza && own && envelopeOf(stanza, own)
		},
		/** What a plaintext means, and what has to be kept of it. */
		async received({ hash, plain }: Decrypted) {
			const stanza = stanzas.get(hash)
			const own = me()
			stanzas.delete(hash)
			if (!stanza || !own) return undefined
			const message = proto.Message.decode(unpad(plain))
			const envelope = envelopeOf(stanza, own)
			return understand({ ...envelope, message: message.deviceSentMessage?.message ?? message })
		},
	}
}

const envelopeOf = (stanza: BinaryNode, own: { id: string; lid?: string | undefined }): WAMessage =>
	decodeMessageNode(stanza, own.id, own.lid ?? '').fullMessage as WAMessage

/** Messages end in 1 to 16 bytes, each of which is their number. */
function unpad(padded: Uint8Array): Uint8Array {
	const length = padded.at(-1) ?? 0
	if (length === 0 || length > padded.length) throw new Error(`padding of ${length} bytes`)
	return padded.subarray(0, -length)
}
