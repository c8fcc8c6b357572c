import { z } from 'zod'
import type { OptionalFeeds } from '../../session/subscriptions.ts'
import { GatewayError } from '../../errors.ts'
import type { GatewayEvent } from '../../events/index.ts'
import { ulid } from '../../lib/ulid.ts'
import type { Storage } from '../../storage/driver.ts'
import { eventFilter, isHistory, wants, type EventFilter } from './filter.ts'
import { OWN_FORMAT } from '../formats.ts'
import type { Merge } from '../batching.ts'
import { newSecret } from '../signature.ts'
import type { Targets } from './allowed-targets.ts'

const webhookRecord = z.object({
	id: z.string(),
	session: z.string(),
	url: z.string(),
	/** Event types, families of them, or `*` for all. */
	events: z.array(z.string()),
	filter: eventFilter.default({}),
	/** Whether several messages of one person are told as one: seconds. */
	merge: z.object({ quiet: z.number(), longest: z.number() }).nullable().default(null),
	/** Sent with every delivery, besides our own. */
	headers: z.record(z.string(), z.string()).default({}),
	/** Whether events have the WhatsApp message beside them. */
	raw: z.boolean().default(false),
	/** The form in which it is told events: ours, or the name of another system. */
	format: z.string().default(OWN_FORMAT),
	/** Only what has one of these names in that form; null for all. */
	event_names: z.array(z.string()).nullable().default(null),
	secret: z.string(),
	/** The secret before this one: deliveries are signed with both for a while. */
	previous: z.object({ secret: z.string(), until: z.number() }).nullable().default(null),
	/** The name under which its place in the events is kept for one who comes back. */
	resume: z.string().nullable().default(null),
	/** It goes when its target has taken one event. */
	once: z.boolean().default(false),
	/** When it goes. Its target is told. */
	until: z.string().nullable().default(null),
	/** Registered by an admin: may reach private networks. */
	trusted: z.boolean(),
	created_at: z.string(),
	/** Since when nothing is sent: on request, or because the target answered 410 Gone. */
	disabled_at: z.string().nullable(),
})

export type Webhook = z.output<typeof webhookRecord>

type Optional<T> = { [K in keyof T]?: T[K] | undefined }

export type WebhookChange = Optional<{
	url: string
	events: string[]
	filter: EventFilter
	merge: Merge | null
	headers: Record<string, string>
	raw: boolean
	format: string
	event_names: string[] | null
	disabled: boolean
}>

export type NewWebhook = Omit<WebhookChange, 'url' | 'disabled'> &
	Optional<{
		/** Made up, if left out. */
		id: string
		secret: string
		/** `now`, the number of the last event known, or a time. */
		from: 'now' | number | string
		resume: string
		/** At the most so much of what happened meanwhile is for one who comes back. */
		catch_up: { hours?: number | undefined; events?: number | undefined }
		once: boolean
		until: string
		disabled: boolean
	}> & { url: string }

/** Where in the events one begins who is new, or comes back. */
export type Beginning = Pick<NewWebhook, 'from' | 'catch_up'>

/** Who has to know of changes. */
export type WebhookWatcher = {
	/**
	 * Somebody new: their place in the events must be durable before they are told that it worked.
	 * Resolves with what to call when they are there, or are not coming.
	 */
	adding(webhook: Webhook, wanted: Beginning): Promise<() => void>
	changed(session: string): void
}

/** So long deliveries are signed with the old secret as well. */
const BOTH_SECRETS_MS = 24 * 60 * 60 * 1000

/** Who is told what. */
export type Webhooks = Awaited<ReturnType<typeof openWebhooks>>

export async function openWebhooks(storage: Storage, targets: Targets, now = Date.now) {
	const document = await storage.document('webhooks', () => [], z.array(webhookRecord))
	let watcher: WebhookWatcher = { adding: async () => () => {}, changed: () => {} }
	const finished = new Set<string>()
	const isOf = (session: string, id: string) => (webhook: Webhook) =>
		webhook.session === session && webhook.id === id

	async function change<R>(session: string, id: string, apply: (webhook: Webhook) => R) {
		const result = await document.update((webhooks) => {
			const webhook = webhooks.find(isOf(session, id))
			if (!webhook) throw unknown(session, id)
			return { value: apply(webhook), webhook }
		})
		watcher.changed(session)
		return result
	}

	function get(session: string, id: string): Webhook {
		const webhook = document.data.find(isOf(session, id))
		if (webhook) return webhook
		throw unknown(session, id)
	}

	return {
		watch: (who: WebhookWatcher) => void (watcher = who),
		list: (session: string) => document.data.filter((webhook) => webhook.session === session),
		get,
		/** A webhook, unless it is gone, done or disabled. */
		findActive(session: string, id: string): Webhook | undefined {
			if (finished.has(id)) return undefined
			const webhook = document.data.find(isOf(session, id))
			return webhook?.disabled_at ? undefined : webhook
		},
		/** What the webhooks of a session want to be told besides what all are told. */
		asked(session: string): OptionalFeeds {
			const of = document.data.filter((webhook) => webhook.session === session)
			return {
				raw: of.some(({ raw }) => raw),
				history: of.some(({ events }) => events.some(isHistory)),
			}
		},
		/** Those that will go by themselves, and when. */
		ending: () =>
			document.data.flatMap((webhook) =>
				webhook.until === null ? [] : [{ webhook, at: Date.parse(webhook.until) }],
			),
		/** Every session that has webhooks. */
		sessions: () => [...new Set(document.data.map(({ session }) => session))],
		/** Refuses what `add` would refuse. */
		check: ({ url }: NewWebhook, trusted: boolean) => targets.check(url, trusted),
		async add(session: string, wanted: NewWebhook, trusted: boolean) {
			const { url, events, filter = {}, headers = {}, secret, resume = null } = wanted
			const createdAt = new Date(now()).toISOString()
			await targets.check(url, trusted)
			const webhook: Webhook = {
				id: wanted.id ?? `wh_${ulid()}`,
				session,
				url,
				events: events?.length ? events : ['*'],
				filter,
				merge: wanted.merge ?? null,
				headers,
				raw: wanted.raw ?? false,
				format: wanted.format ?? OWN_FORMAT,
				event_names: wanted.event_names ?? null,
				secret: secret ?? newSecret(),
				previous: null,
				resume,
				once: wanted.once ?? false,
				until: wanted.until ?? null,
				trusted,
				created_at: createdAt,
				disabled_at: wanted.disabled ? createdAt : null,
			}
			if (document.data.some((other) => isNamesake(other, webhook))) throw taken(webhook)
			const arrived = await watcher.adding(webhook, wanted)
			try {
				await document.update((webhooks) => {
					if (webhooks.some((other) => isNamesake(other, webhook))) throw taken(webhook)
					webhooks.push(webhook)
				})
			} finally {
				arrived()
				watcher.changed(session)
			}
			return webhook
		},
		/** Changes what is named. Disabling keeps its place in the events. */
		async update(session: string, id: string, wanted: WebhookChange, trusted: boolean) {
			if (wanted.url !== undefined) await targets.check(wanted.url, trusted)
			const { disabled, ...named } = wanted
			const fields = Object.entries(named).filter(([, value]) => value !== undefined)
			const { webhook } = await change(session, id, (webhook) => {
				// Names of one format say nothing in another.
				if (wanted.format !== undefined && wanted.format !== webhook.format)
					webhook.event_names = null
				Object.assign(webhook, Object.fromEntries(fields))
				if (!webhook.events.length) webhook.events = ['*']
				if (wanted.url !== undefined) webhook.trusted = trusted
				if (disabled !== undefined)
					webhook.disabled_at = disabled
						? (webhook.disabled_at ?? new Date(now()).toISOString())
						: null
			})
			return webhook
		},
		/** Gives it a new secret; the old one is good for another day. */
		async rotate(session: string, id: string) {
			const { webhook } = await change(session, id, (webhook) => {
				webhook.previous = { secret: webhook.secret, until: now() + BOTH_SECRETS_MS }
				webhook.secret = newSecret()
			})
			return webhook
		},
		async remove(session: string, id: string) {
			await document.update((webhooks) => {
				const index = webhooks.findIndex(isOf(session, id))
				if (index < 0) throw unknown(session, id)
				webhooks.splice(index, 1)
			})
			watcher.changed(session)
		},
		/** It has done what it was for: nothing more is sent, and soon it is gone. */
		async finish({ session, id }: Webhook) {
			finished.add(id)
			await document.update((webhooks) => {
				const index = webhooks.findIndex(isOf(session, id))
				if (index >= 0) webhooks.splice(index, 1)
			})
			finished.delete(id)
			watcher.changed(session)
		},
		async removeAllOf(session: string) {
			await document.update((webhooks) => {
				const others = webhooks.filter((webhook) => webhook.session !== session)
				webhooks.splice(0, webhooks.length, ...others)
			})
			watcher.changed(session)
		},
		/** Its target is gone. */
		async disable({ session, id }: Webhook) {
			await change(session, id, (webhook) => {
				webhook.disabled_at = new Date(now()).toISOString()
			})
		},
	}
}

/** The name under which its place in the events is kept. */
export const readerOf = ({ id, resume }: Pick<Webhook, 'id' | 'resume'>) =>
	resume === null ? id : `resume:${resume}`

/** What a delivery is signed with now. */
export function secretsOf({ secret, previous }: Webhook, now: number): string[] {
	return previous && previous.until > now ? [secret, previous.secret] : [secret]
}

const judged = new WeakMap<Webhook, (event: GatewayEvent) => boolean>()

/** Whether a webhook wants to hear of an event. */
export function wantsEvent(webhook: Webhook, event: GatewayEvent): boolean {
	let judge = judged.get(webhook)
	if (!judge) judged.set(webhook, (judge = wants(webhook)))
	return judge(event)
}

function isNamesake(a: Webhook, b: Webhook) {
	return a.resume !== null && a.session === b.session && a.resume === b.resume
}

function taken({ session, resume }: Webhook) {
	const advice = `Session ${session} has a webhook that resumes as ${resume}. Remove that one first, or choose another name.`
	return new GatewayError('webhook_exists', advice, { field: 'resume' })
}

function unknown(session: string, id: string) {
	const advice = `Session ${session} has no webhook ${id}. GET /api/v1/sessions/${session}/webhooks lists them.`
	return new GatewayError('webhook_not_found', advice)
}
