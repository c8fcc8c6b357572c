import type { GatewayEvent } from '../../events/index.ts'
import { createLru } from '../../lib/lru.ts'
import { OWN_FORMAT, type Formats, type RenderContext } from '../formats.ts'
import type { Payload } from './post.ts'
import { wantsEvent, type Webhook } from '../registry/webhook.ts'

export type PayloadOptions = {
	formats: Formats
	/** The account of a session; null if none is linked. */
	account(session: string): RenderContext['account']
	/** The URL at which others reach the gateway. */
	serverUrl(): string
}

/** Some 1.5 kilobytes each. */
const RECENT_PAYLOADS = 1_000

/**
 * Writes the payload of an event in the format of each webhook. Recent payloads are kept, so that an event that is
 * delivered at once is not read from the disk. A payload depends on the event alone: reading it again gives the same bytes.
 */
export function createPayloads({ formats, account, serverUrl }: PayloadOptions) {
	const recent = createLru<string, Payload>(RECENT_PAYLOADS)
	// Other systems write the webhook's own settings into a payload.
	const payloadKey = ({ format, raw, url, options }: Webhook, session: string, seq: number) =>
		format === OWN_FORMAT
			? `${raw}/${session}/${seq}`
			: `${format}/${raw}/${session}/${seq}/${url}/${JSON.stringify(options)}`

	const render = (webhook: Webhook, event: GatewayEvent) =>
		formats.get(webhook.format)?.(event, {
			webhook,
			account: account(event.session),
			serverUrl: serverUrl(),
		})

	/** Undefined if the format of the webhook has no such event. */
	function write(webhook: Webhook, event: GatewayEvent): Payload | undefined {
		const { format, raw } = webhook
		const { id } = event
		if (format === OWN_FORMAT)
			return { id, event, body: JSON.stringify(raw ? event : withoutRaw(event)) }
		const rendered = render(webhook, event)
		if (!rendered) return undefined
		const { body, headers, path, file } = rendered
		const payload = { id, event, body: JSON.stringify(body), headers, path }
		if (!file) return payload
		return {
			...payload,
			file: {
				messageId: file.messageId,
				bodyWith(base64) {
					// Into a body of its own: this payload is kept, and would keep the file.
					const full = render(webhook, event)!
					full.file!.put(base64)
					return JSON.stringify(full.body)
				},
			},
		}
	}

	return {
		write,
		/** Whether a webhook wants an event, and its format has it. */
		wants(webhook: Webhook, event: GatewayEvent): boolean {
			if (!wantsEvent(webhook, event)) return false
			if (webhook.format === OWN_FORMAT) return true
			const rendered = render(webhook, event)
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
