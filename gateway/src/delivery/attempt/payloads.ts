import type { GatewayEvent } from '../../events/index.ts'
import { createLru } from '../../lib/lru.ts'
import { OWN_FORMAT, type Formats } from '../formats.ts'
import type { Payload } from './post.ts'
import { wantsEvent, type Webhook } from '../registry/webhook.ts'

/** Some 1.5 kilobytes each. */
const RECENT_PAYLOADS = 1_000

/**
 * Writes the payload of an event in the format of each webhook. Recent payloads are kept, so that an event that is
 * delivered at once is not read from the disk. A payload depends on the event alone: reading it again gives the same bytes.
 */
export function createPayloads(formats: Formats) {
	const recent = createLru<string, Payload>(RECENT_PAYLOADS)
	const payloadKey = ({ format, raw }: Webhook, session: string, seq: number) =>
		`${format}/${raw}/${session}/${seq}`

	/** Undefined if the format of the webhook has no such event. */
	function write({ format, raw }: Webhook, event: GatewayEvent): Payload | undefined {
		const { id } = event
		if (format === OWN_FORMAT)
			return { id, event, body: JSON.stringify(raw ? event : withoutRaw(event)) }
		const rendered = formats.get(format)?.(event)
		if (!rendered) return undefined
		return { id, event, body: JSON.stringify(rendered.body), headers: rendered.headers }
	}

	return {
		write,
		/** Whether a webhook wants an event, and its format has it. */
		wants(webhook: Webhook, event: GatewayEvent): boolean {
			if (!wantsEvent(webhook, event)) return false
			if (webhook.format === OWN_FORMAT) return true
			const rendered = formats.get(webhook.format)?.(event)
			return rendered !== undefined && (webhook.event_names?.includes(rendered.name) ?? true)
		},
		keep(webhook: Webhook, event: GatewayEvent) {
			const key = payloadKey(webhook, event.session, event.seq)
			if (recent.has(key)) return
			const payload = write(webhook, event)
			if (!payload) return
			recent.set(key, payload)
		},
		/** Forgets the payloads of a session that is closed: another of that id numbers its events anew. */
		forget(session: string) {
			recent.deleteWhere((_, { event }) => event.session === session)
		},
		kept: (webhook: Webhook, seq: number) => recent.get(payloadKey(webhook, webhook.session, seq)),
	}
}

function withoutRaw({ raw: _, ...event }: GatewayEvent) {
	return event
}

export type Payloads = ReturnType<typeof createPayloads>
