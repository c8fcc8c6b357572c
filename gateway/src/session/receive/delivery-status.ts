import type { BinaryNode } from '@whiskeysockets/baileys'
import type { Identity } from '../../events/identity.ts'
import type { Happening } from '../../events/index.ts'
import { GatewayError } from '../../errors.ts'
import type { Change } from '../../storage/driver.ts'
import { identityOf } from '../identity.ts'
import type { MessageStore, Stage } from '../state/messages.ts'
import type { SendResult } from '../send/send-result.ts'
import { receiptIn } from './parse-receipt.ts'
import type { Receiver } from './describe-message.ts'

export type Step = { happening: Happening; changes: Change[] }
type Status = Exclude<Stage, 'accepted'>

/** How far messages that we sent have got, by a receipt's stanza: what is told of it, and kept. */
export async function stepsOf(
	stanza: BinaryNode,
	{ messages, me, otherName }: Pick<Receiver, 'messages' | 'me' | 'otherName'>,
): Promise<Step[]> {
	const receipt = receiptIn(stanza)
	if (!receipt) return []
	const { ids, reader, alt, stage, many, at } = receipt
	const by = identityOf(reader, otherName, { alt })
	const chat = identityOf(receipt.chat, otherName)
	if (by.id === me()?.id) return []
	const steps: Step[] = []
	for (const id of ids) {
		if (!(await isOurs(id))) continue
		const changes = await (many
			? messages.reachedBy(id, by, stage, at)
			: messages.reached(id, stage, at))
		if (changes.length)
			steps.push({ happening: statusOf(id, chat, stage as Status, at, by), changes })
	}
	return steps

	/** Anybody can say to have read anything. */
	async function isOurs(id: string): Promise<boolean> {
		const to = await messages.sentTo(id)
		return !!to && identityOf(to, otherName).id === chat.id
	}
}

/** WhatsApp's server has taken a message, or refused it; undefined if that was known. */
export async function settledStep(
	messages: MessageStore,
	id: string,
	to: Identity,
	outcome: SendResult | GatewayError,
): Promise<Step | undefined> {
	const error = outcome instanceof GatewayError ? outcome : undefined
	const at = 'timestamp' in outcome ? new Date(outcome.timestamp * 1000) : new Date()
	const stage = error ? 'failed' : 'sent'
	const changes = await messages.reached(id, stage, at)
	if (!changes.length) return undefined
	return { happening: statusOf(id, to, stage, at, null, error), changes }
}

function statusOf(
	message_id: string,
	chat: Identity,
	status: Status,
	at: Date,
	by: Identity | null,
	error?: GatewayError,
): Happening {
	const timestamp = Math.floor(at.getTime() / 1000)
	const data = { message_id, chat, status, by, timestamp, ...(error && { error: reasonOf(error) }) }
	return { type: 'message.status', data }
}

const reasonOf = ({ code, message: detail, facts }: GatewayError) => ({
	code,
	detail,
	whatsapp_code: facts.whatsapp_code ?? null,
})
