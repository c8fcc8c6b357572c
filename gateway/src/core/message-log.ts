import type { WAMessage } from '@whiskeysockets/baileys'

/** How far a message got; each stage includes those before it, except `failed`. */
export const stages = ['accepted', 'sent', 'delivered', 'read', 'played', 'failed'] as const
export type Stage = (typeof stages)[number]

export type MessageRecord = {
	message_id: string
	to: string
	type: string
	from_me: boolean
	stage: Stage
	/** When each stage was reached, ISO 8601. */
	times: Partial<Record<Stage, string>>
	/** As it is on the wire; absent while it is being made. */
	message?: WAMessage | undefined
}

/** The latest messages of a session, of both directions. */
export type MessageLog = {
	add(record: Omit<MessageRecord, 'stage' | 'times'>, stage: Stage): void
	get(messageId: string): MessageRecord | undefined
	/** Notes that a message got further. A stage that comes late is noted but takes nothing back. */
	reached(messageId: string, stage: Stage, at?: Date): void
	/** False if this message of this sender in this chat was seen before. */
	firstSight(chat: string, sender: string, messageId: string): boolean
}

// In memory for now: the journal of step 2 makes it durable, so that retry requests are served after a restart.
export function createMessageLog(limit = 5000): MessageLog {
	const records = new Map<string, MessageRecord>()
	const seen = new Set<string>()
	return {
		add(record, stage) {
			const times = { [stage]: new Date().toISOString() }
			records.set(record.message_id, { ...record, stage, times })
			forgetOldest(records, limit)
		},
		get: (messageId) => records.get(messageId),
		reached(messageId, stage, at = new Date()) {
			const record = records.get(messageId)
			if (!record) return
			record.times[stage] ??= at.toISOString()
			if (stages.indexOf(stage) > stages.indexOf(record.stage)) record.stage = stage
		},
		firstSight(chat, sender, messageId) {
			const key = JSON.stringify([chat, sender, messageId])
			if (seen.has(key)) return false
			seen.add(key)
			forgetOldest(seen, limit)
			return true
		},
	}
}

function forgetOldest(items: Map<string, unknown> | Set<string>, limit: number) {
	if (items.size > limit) items.delete(items.keys().next().value!)
}
