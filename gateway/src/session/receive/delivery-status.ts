import type { BinaryNode } from '@whiskeysockets/baileys'
import type { EventEffect } from '../effect.ts'
import { identityOf, isSame } from '../identity.ts'
import { statusEvent, type ReportedStage } from '../state/message-status.ts'
import type { ReceiveDeps } from './describe-message.ts'
import { parseReceipt } from './parse-receipt.ts'

export type ReceiptDeps = Pick<ReceiveDeps, 'messages' | 'me' | 'otherName'> & {
	/** Resolves when it is kept that WhatsApp's server has taken a message of ours. @param to its chat */
	arrived(id: string, to: string, at: Date): Promise<void>
}

/** The effects of a receipt's stanza: how far messages that we sent have got. */
export async function receiptEffects(
	stanza: BinaryNode,
	{ messages, me, otherName, arrived }: ReceiptDeps,
): Promise<EventEffect[]> {
	const receipt = parseReceipt(stanza)
	if (!receipt) return []
	const { ids, reader, alt, stage, many, at } = receipt
	const by = identityOf(reader, otherName, { alt })
	const chat = identityOf(receipt.chat, otherName, { alt: many ? undefined : alt })
	const own = me()
	if (own && isSame(by, own)) return []
	const effects: EventEffect[] = []
	for (const id of ids) {
		const to = await messages.sentTo(id)
		// Anybody can claim to have read any message: the receipt must come from the chat that it was sent to.
		if (!to || !isSame(identityOf(to, otherName), chat)) continue
		await arrived(id, to, at)
		const changes = await (many
			? messages.reachedBy(id, by, stage, at)
			: messages.reached(id, stage, at))
		if (changes.length)
			effects.push({ event: statusEvent(id, chat, stage as ReportedStage, at, by), changes })
	}
	return effects
}
