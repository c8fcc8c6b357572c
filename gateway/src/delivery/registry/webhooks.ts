import { z } from 'zod'
import { DAY_MS } from '../../lib/units.ts'
import type { OptionalFeeds } from '../../session/subscriptions.ts'
import { GatewayError } from '../../errors.ts'
import type { GatewayEvent } from '../../events/index.ts'
import { ulid } from '../../lib/ulid.ts'
import type { Storage } from '../../storage/driver.ts'
import { eventFilter, isHistory, wantsWithFilter, type EventFilter } from './filter.ts'
import { OWN_FORMAT } from '../formats.ts'
import type { BatchWindow } from '../batching.ts'
import { newSecret } from '../signature.ts'
import type { AllowedTargets } from './allowed-targets.ts'

const webhookRecord = z.object({
	id: z.string(),
	session: z.string(),
	url: z.string(),
	/** Event types, families of them, or `*` for all. */
	events: z.array(z.string()),
	filter: eventFilter.default({}),
	/** Combines short messages of one person into one event: seconds. */
	merge: z.object({ quiet: z.number(), longest: z.number() }).nullable().default(null),
	/** Sent with every delivery, besides our own. */
	headers: z.record(z.string(), z.string()).default({}),
	/** Whether events have the WhatsApp message beside them. */
	raw: z.boolean().default(false),
	/** The format of its payloads: ours, or the name of another system. */
	format: z.string().default(OWN_FORMAT),
	/** The names in that format which it wants; null for all. */
	event_names: z.array(z.string()).nullable().default(null),
	secret: z.string(),
	/** The secret before this one: deliveries are signed with both for a while. */
	previous: z.object({ secret: z.string(), until: z.number() }).nullable().default(null),
	/** The name under which its cursor is kept when it is deleted, so that a webhook with that name resumes. */
	resume: z.string().nullable().default(null),
	/** It is deleted when its target has accepted one event. */
	once: z.boolean().default(false),
	/** When it is deleted, ISO 8601; its target gets `webhook.expired`. */
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
	merge: BatchWindow | null
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
		/** Limits how many missed events a webhook that resumes gets. */
		catch_up: { hours?: number | undefined; events?: number | undefined }
		once: boolean
		until: string
		disabled: boolean
	}> & { url: string }

/** Where in the event log a new webhook begins, or one that resumes. */
export type StartAt = Pick<NewWebhook, 'from' | 'catch_up'>

/** Follows the changes of webhooks. */
export type WebhookWatcher = {
	/**
	 * A webhook is being added. Resolves when its cursor is durable, with a function to call when the webhook is in the
	 * document, or was not added after all.
	 */
	adding(webhook: Webhook, wanted: StartAt): Promise<() => void>
	changed(session: string): void
}

/** How long deliveries are also signed with the secret before a rotation. */
const BOTH_SECRETS_MS = DAY_MS

/** The webhooks of all sessions. */
export type Webhooks = Awaited<ReturnType<typeof openWebhooks>>

export async function openWebhooks(storage: Storage, targets: AllowedTargets, now = Date.now) {
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
		watch: (newWatcher: WebhookWatcher) => void (watcher = newWatcher),
		list: (session: string) => document.data.filter((webhook) => webhook.session === session),
		get,
		/** A webhook, unless it is deleted, finished or disabled. */
		findActive(session: string, id: string): Webhook | undefined {
			if (finished.has(id)) return undefined
			const webhook = document.data.find(isOf(session, id))
			return webhook?.disabled_at ? undefined : webhook
		},
		/** The optional feeds that the webhooks of a session ask for. */
		optionalFeeds(session: string): OptionalFeeds {
			const of = document.data.filter((webhook) => webhook.session === session)
			return {
				raw: of.some(({ raw }) => raw),
				history: of.some(({ events }) => events.some(isHistory)),
			}
		},
		/** The webhooks that expire, and when: Unix time in milliseconds. */
		withExpiry: () =>
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
		/** Changes the given fields. Disabling keeps the cursor. */
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
		/** Gives a webhook a new secret; the old one stays valid for a day. */
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
		/** Deletes a webhook that has got its one event, or has expired. Nothing more is sent from now on. */
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
		/** Disables a webhook whose target answered 410 Gone. */
		async disable({ session, id }: Webhook) {
			await change(session, id, (webhook) => {
				webhook.disabled_at = new Date(now()).toISOString()
			})
		},
	}
}

/** The name under which the cursor of a webhook is kept. */
export const readerOf = ({ id, resume }: Pick<Webhook, 'id' | 'resume'>) =>
	resume === null ? id : `resume:${resume}`

/** The secrets that a delivery is signed with now. */
export function secretsOf({ secret, previous }: Webhook, now: number): string[] {
	return previous && previous.until > now ? [secret, previous.secret] : [secret]
}

const selections = new WeakMap<Webhook, (event: GatewayEvent) => boolean>()

/** Whether a webhook wants an event. */
export function wantsEvent(webhook: Webhook, event: GatewayEvent): boolean {
	let isWanted = selections.get(webhook)
	if (!isWanted) selections.set(webhook, (isWanted = wantsWithFilter(webhook)))
	return isWanted(event)
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
