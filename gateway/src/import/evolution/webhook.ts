import { otherSubscriptions, subscriptions } from '../../http/dialects/evolution/webhook-names.ts'
import { webhookSettings } from '../../http/dialects/evolution/webhook-settings.ts'
import { setWebhook } from '../../http/dialects/evolution/webhook-store.ts'
import type { Session } from '../../session/session.ts'
import type { ImportTarget } from '../found-session.ts'
import type { WebhookRow } from './rows.ts'

type Found = {
	carries: string[]
	leaves: string[]
	urls: string[]
	set(target: ImportTarget, session: Session): Promise<void>
}

const NONE: Found = { carries: [], leaves: [], urls: [], set: async () => {} }

const known = new Set<unknown>([...subscriptions, ...otherSubscriptions])

/** The webhook of an instance, which has one at most. */
export function foundWebhook(row: WebhookRow | undefined): Found {
	if (!row?.url) return NONE
	const named = Array.isArray(row.events) ? row.events : []
	const events = named.filter((name) => known.has(name))
	const unknown = named.filter((name) => !known.has(name))
	const settings = webhookSettings.safeParse({
		...{ enabled: row.enabled ?? true, url: row.url, events },
		headers: row.headers ?? null,
		byEvents: row.webhookByEvents ?? false,
		base64: row.webhookBase64 ?? false,
	})
	const isAddress = /^https?:\/\/\S+$/i.test(row.url) && URL.canParse(row.url)
	const { data } = settings
	if (!isAddress || !data || (unknown.length && !events.length))
		return { ...NONE, leaves: [`its webhook ${row.url}, which is not one that can be called`] }
	const which = events.length ? events.join(', ') : 'all events'
	return {
		carries: [`its webhook ${row.url}, ${data.enabled ? which : 'which is off'}`],
		leaves: unknown.length ? [`the events ${unknown.join(', ')} of its webhook`] : [],
		urls: [row.url],
		async set(target, session) {
			await setWebhook(target, session, data, true)
		},
	}
}
