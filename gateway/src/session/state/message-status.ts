import type { NewEvent } from '../../events/index.ts'
import type { Identity } from '../../events/identity.ts'
import { GatewayError } from '../../errors.ts'
import type { EventEffect } from '../effect.ts'
import type { MessageStore, Stage } from './messages.ts'

/** The stages that a `message.status` event reports. */
export type ReportedStage = Exclude<Stage, 'accepted'>

/** What WhatsApp's server answered to a message: its timestamp, Unix time in seconds, or the refusal. */
type Settlement = { timestamp: number } | GatewayError

/**
 * The effect of WhatsApp's answer to a message of ours.
 * @param to the chat, as events name it
 * @returns undefined if that answer was kept before
 */
export async function settledEffect(
	messages: MessageStore,
	id: string,
	to: Identity,
	outcome: Settlement,
): Promise<EventEffect | undefined> {
	const error = outcome instanceof GatewayError ? outcome : undefined
	const at = 'timestamp' in outcome ? new Date(outcome.timestamp * 1000) : new Date()
	const stage = error ? 'failed' : 'sent'
	const changes = await messages.reached(id, stage, at)
	if (!changes.length) return undefined
	return { event: statusEvent(id, to, stage, at, null, error), changes }
}

/** A `message.status` event. @param by who received or read the message; null if WhatsApp's server answered */
export function statusEvent(
	message_id: string,
	chat: Identity,
	status: ReportedStage,
	at: Date,
	by: Identity | null,
	error?: GatewayError,
): NewEvent {
	const timestamp = Math.floor(at.getTime() / 1000)
	const data = { message_id, chat, status, by, timestamp, ...(error && { error: reasonOf(error) }) }
	return { type: 'message.status', data }
}

const reasonOf = ({ code, message: detail, facts }: GatewayError) => ({
	code,
	detail,
	whatsapp_code: facts.whatsapp_code ?? null,
})
