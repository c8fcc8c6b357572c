import type { BinaryNode } from '@whiskeysockets/baileys'
import type { UndecryptableData } from '../state/undecryptable.ts'

/** Why a message's stanza will not be decrypted. */
export type Withheld = Pick<UndecryptableData, 'reason' | 'detail'> & {
	/** Whether there is nothing to wait for: nobody is asked for the message again. */
	isFinal: boolean
}

/** What Baileys decrypts (lib/Utils/decode-wa-message.js). */
const decryptable = ['pkmsg', 'msg', 'skmsg']

/**
 * Looks at a message's stanza before Baileys does, which returns early from some without an event.
 * @returns undefined if it holds something to decrypt, and for a stanza that is between devices of this account: history,
 * keys and answers of the phone, none of which a person has written
 */
export function withheldIn({ attrs, content }: BinaryNode): Withheld | undefined {
	const parts = Array.isArray(content) ? content : []
	if (attrs['category'] === 'peer' || parts.some(isReadable)) return undefined
	const encrypted = parts.find(({ tag }) => tag === 'enc')?.attrs['type']
	// Meta AI's answers are encrypted with the secret of the question, in a way of their own.
	if (encrypted === 'msmsg') return { reason: 'bot', detail: null, isFinal: true }
	if (encrypted !== undefined)
		return { reason: 'not_decrypted', detail: `encryption ${encrypted}`, isFinal: false }
	const unavailable = parts.find(({ tag }) => tag === 'unavailable')?.attrs
	const detail = unavailable?.['type'] ?? null
	const reason = reasonOf(unavailable)
	return { reason, detail, isFinal: reason !== 'absent' }
}

function isReadable({ tag, attrs, content }: BinaryNode): boolean {
	if (!(content instanceof Uint8Array)) return false
	return tag === 'plaintext' || (tag === 'enc' && decryptable.includes(attrs['type'] ?? ''))
}

/** WhatsApp writes `view_once` as well as `view_once_unavailable_fanout`, and so of the others. */
function reasonOf(unavailable: Record<string, string> | undefined): UndecryptableData['reason'] {
	const type = unavailable?.['type'] ?? ''
	if (type.startsWith('view_once')) return 'view_once'
	if (type.startsWith('hosted') || unavailable?.['hosted'] === 'true') return 'hosted'
	return type.startsWith('bot') ? 'bot' : 'absent'
}
