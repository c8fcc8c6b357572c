import { proto, type BinaryNode, type WAMessage } from '@whiskeysockets/baileys'
import type { PendingCommit } from '../effect.ts'
import { unpad } from '../padding.ts'
import { withheldIn, type Withheld } from './withheld.ts'
import { refusedEnvelope, withoutContent, type OwnJids } from './envelope.ts'
import { ciphertextHash, type Decrypted } from '../signal/repository.ts'

/**
 * Finds the stanza that a ciphertext came in. A decrypted message is then read, and its effect kept, in the very
 * commit of its ratchet step: before WhatsApp gets the receipt.
 * @param interpret reads a message; the function that it resolves to is called in the tick of the commit
 */
export function createCiphertexts(
	me: () => OwnJids | undefined,
	interpret: (message: WAMessage) => Promise<(() => PendingCommit) | undefined>,
) {
	// With who we were then: the connection may have ended when it is decrypted.
	const stanzas = new Map<string, { stanza: BinaryNode; own: OwnJids }>()

	function take(hash: string): WAMessage | undefined {
		const noted = stanzas.get(hash)
		stanzas.delete(hash)
		return noted && withoutContent(noted.stanza, noted.own)
	}

	/** @returns the hashes of the ciphertexts */
	function noteCiphertexts(stanza: BinaryNode, own: OwnJids): string[] {
		const hashes = hashesIn(stanza)
		// There is no limit: the whole offline queue comes in one burst.
		for (const hash of hashes) stanzas.set(hash, { stanza, own })
		return hashes
	}

	return {
		/**
		 * Call it for every `<message>`, before Baileys handles it.
		 * @returns the message without content, the hashes of what is to be decrypted of it, and why nothing will be, if
		 * that is so
		 */
		noteStanza(stanza: BinaryNode): {
			message?: WAMessage | undefined
			hashes?: string[]
			withheld?: Withheld | undefined
		} {
			const withheld = withheldIn(stanza)
			const own = me()
			if (!own) return {}
			const hashes = withheld ? [] : noteCiphertexts(stanza, own)
			try {
				return { message: withoutContent(stanza, own), hashes, withheld }
			} catch (error) {
				const detail = (error as Error).message
				const refused = { reason: 'not_decrypted', detail, isFinal: true } as const
				return { message: refusedEnvelope(stanza), withheld: withheld ?? refused }
			}
		},
		/** Call it for a new connection: WhatsApp sends the messages again that were not decrypted on the old one. */
		reset: () => stanzas.clear(),
		/** A ciphertext could not be decrypted. @returns the message it belongs to, without content */
		undecryptable: (hash: string): WAMessage | undefined => take(hash),
		/**
		 * Reads a plaintext. @returns undefined if nothing is to be kept of it
		 * @throws if it is not known whose it is: its ratchet step must not be kept without the message
		 */
		async decrypted({ hash, plain }: Decrypted) {
			const envelope = take(hash)
			if (!envelope) throw new Error('nothing is known of the message of a plaintext')
			return interpret({ ...envelope, message: messageIn(plain) })
		},
	}
}

function hashesIn({ content }: BinaryNode): string[] {
	const parts = Array.isArray(content) ? content : []
	return parts.flatMap(({ tag, content }) =>
		tag === 'enc' && content instanceof Uint8Array ? ciphertextHash(content) : [],
	)
}

/** The message in a plaintext. What our own phone sent to others comes wrapped, perhaps with its secret outside. */
function messageIn(plain: Uint8Array): proto.IMessage {
	const message = proto.Message.decode(unpad(plain))
	const { messageContextInfo } = message
	const sent = message.deviceSentMessage?.message
	return sent ? { ...(messageContextInfo && { messageContextInfo }), ...sent } : message
}
