import { isJidBroadcast, isJidGroup, isLidUser, type BinaryNode } from '@whiskeysockets/baileys'
import { withoutDevice } from '../identity.ts'
import type { Stage } from '../state/messages.ts'

/** A receipt for messages that we sent. */
export type Receipt = {
	ids: string[]
	/** Jids without devices. */
	chat: string
	reader: string
	/** The reader's other jid, if WhatsApp gave it. */
	alt: string | undefined
	stage: Stage
	/** Whether the message went to many recipients: each sends receipts. */
	many: boolean
	at: Date
}

// Every other type is between the devices of one account, or requests something.
const stages: Record<string, Stage> = { '': 'delivered', read: 'read', played: 'played' }

/**
 * Reads a receipt's stanza. Baileys' own events do not say which member of a group has played a message.
 */
export function parseReceipt({ attrs, content }: BinaryNode): Receipt | undefined {
	const { id, from, participant, recipient, t, type = '' } = attrs
	const stage = stages[type]
	if (!id || !from || !stage || recipient) return undefined
	const many = !!(isJidGroup(from) || isJidBroadcast(from))
	const person = many ? participant : from
	if (!person) return undefined
	const reader = withoutDevice(person)
	const other = isLidUser(reader) ? 'pn' : 'lid'
	return {
		ids: [id, ...listedIn(content)],
		chat: withoutDevice(from),
		reader,
		alt: attrs[`participant_${other}`] ?? attrs[`sender_${other}`],
		stage,
		many,
		at: t ? new Date(Number(t) * 1000) : new Date(),
	}
}

function listedIn(content: BinaryNode['content']): string[] {
	const nodes = Array.isArray(content) ? content : []
	return nodes.flatMap(({ tag, content: items }) =>
		tag === 'list' && Array.isArray(items) ? items.flatMap(({ attrs }) => attrs['id'] ?? []) : [],
	)
}
