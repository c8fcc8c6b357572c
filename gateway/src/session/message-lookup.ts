import { isJidBroadcast, isJidGroup } from '@whiskeysockets/baileys'
import { GatewayError } from '../errors.ts'
import type { Identity } from '../events/identity.ts'
import type { RawMessage } from '../events/raw-message.ts'
import { rawOfKept } from './receive/raw-message.ts'
import type { SessionContext } from './session-context.ts'
import type { MessageRecord, Stage } from './state/messages.ts'

/** When one recipient of many got a message, ISO 8601. */
export type ReceiptView = { by: Identity } & Partial<Record<Stage, string>>

/** Looks up kept messages. Each call throws GatewayError message_not_found for one that is not kept. */
export function createMessageLookup({ id, state }: Pick<SessionContext, 'id' | 'state'>) {
	async function message(messageId: string): Promise<MessageRecord> {
		const { messages } = await state()
		const found = await messages.get(messageId)
		if (found) return found
		const advice = `Session ${id} has no message ${messageId}. Messages are kept for ${messages.keepDays.messages} days.`
		throw new GatewayError('message_not_found', advice)
	}

	return {
		message,
		/** A message with the receipts of each recipient, if it went to a group or is a status. */
		async timeline(messageId: string): Promise<MessageRecord & { receipts?: ReceiptView[] }> {
			const found = await message(messageId)
			if (!isJidGroup(found.to) && !isJidBroadcast(found.to)) return found
			const readers = await (await state()).messages.readersOf(messageId)
			const receipts = readers.map(({ by, times }) => ({ by, ...times }))
			return { ...found, receipts }
		},
		/** The protobuf message as WhatsApp has it, as far as it is kept. */
		async raw(messageId: string): Promise<RawMessage> {
			const found = await message(messageId)
			const kept = await (await state()).messages.content(messageId)
			return rawOfKept(found, kept!)
		},
	}
}
