import type { GatewayEvent } from '../../events/index.ts'
import { OWN_FORMAT, type Formats } from '../formats.ts'
import type { Letterhead } from './post.ts'
import { wantsEvent, type Webhook } from '../registry/webhooks.ts'

/** Some 1.5 kilobytes each. */
const KEPT = 1_000

/**
 * Writes events as each webhook is told them. Those that happened last are kept, so that what is delivered at once
 * need not be read from the disk. Made of the event alone, so that those that are read from there have the same bytes.
 */
export function createLetters(formats: Formats) {
	const recent = new Map<string, Letterhead>()
	const keyOf = ({ format, raw }: Webhook, session: string, seq: number) =>
		`${format}/${raw}/${session}/${seq}`

	/** Undefined if the format of the webhook has no such event. */
	function write({ format, raw }: Webhook, event: GatewayEvent): Letterhead | undefined {
		const { id } = event
		if (format === OWN_FORMAT)
			return { id, event, body: JSON.stringify(raw ? event : withoutRaw(event)) }
		const rendered = formats.get(format)?.(event)
		if (!rendered) return undefined
		return { id, event, body: JSON.stringify(rendered.body), headers: rendered.headers }
	}

	return {
		write,
		/** Whether a webhook wants to hear of an event, and can be told. */
		wants(webhook: Webhook, event: GatewayEvent): boolean {
			if (!wantsEvent(webhook, event)) return false
			if (webhook.format === OWN_FORMAT) return true
			const rendered = formats.get(webhook.format)?.(event)
			return rendered !== undefined && (webhook.event_names?.includes(rendered.name) ?? true)
		},
		keep(webhook: Webhook, event: GatewayEvent) {
			const key = keyOf(webhook, event.session, event.seq)
			if (recent.has(key)) return
			const letter = write(webhook, event)
			if (!letter) return
			recent.set(key, letter)
			if (recent.size > KEPT) recent.delete(recent.keys().next().value!)
		},
		kept: (webhook: Webhook, seq: number) => recent.get(keyOf(webhook, webhook.session, seq)),
	}
}

function withoutRaw({ raw: _, ...event }: GatewayEvent) {
	return event
}

export type Letters = ReturnType<typeof createLetters>
