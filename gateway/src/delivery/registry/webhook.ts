import { z } from 'zod'
import type { GatewayEvent } from '../../events/index.ts'
import { ulid } from '../../lib/ulid.ts'
import { OWN_FORMAT } from '../formats.ts'
import type { BatchWindow } from '../batching.ts'
import { newSecret } from '../signature.ts'
import { savedFilter, wantsWithFilter, type EventFilter } from './filter.ts'

export const webhookRecord = z.object({
	id: z.string(),
	session: z.string(),
	url: z.string(),
	/** Event types, families of them, or `*` for all. */
	events: z.array(z.string()),
	filter: savedFilter.default({}),
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
	/** What its format alone understands; it comes back as it was set. */
	options: z.record(z.string(), z.unknown()).default({}),
	secret: z.string(),
	/** The secret before this one: deliveries are signed with both for a while. */
	previous: z.object({ secret: z.string(), until: z.number() }).nullable().default(null),
	/** The name under which its cursor is kept when it is deleted, so that a webhook with that name resumes. */
	resume: z.string().nullable().default(null),
	/** Whether messages that were deleted for everyone before their delivery are left out. */
	skip_deleted: z.boolean().default(false),
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
	secret: string
	raw: boolean
	format: string
	event_names: string[] | null
	options: Record<string, unknown>
	skip_deleted: boolean
	disabled: boolean
}>

export type NewWebhook = Omit<WebhookChange, 'url' | 'disabled'> &
	Optional<{
		/** Made up, if left out. */
		id: string
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

/** The record of a new webhook. @param now Unix time in milliseconds */
export function createWebhookRecord(
	session: string,
	wanted: NewWebhook,
	trusted: boolean,
	now: number,
): Webhook {
	const { events, filter = {}, headers = {} } = wanted
	const createdAt = new Date(now).toISOString()
	return {
		id: wanted.id ?? `wh_${ulid()}`,
		session,
		url: wanted.url,
		events: events?.length ? events : ['*'],
		filter,
		merge: wanted.merge ?? null,
		headers,
		raw: wanted.raw ?? false,
		format: wanted.format ?? OWN_FORMAT,
		event_names: wanted.event_names ?? null,
		options: wanted.options ?? {},
		secret: wanted.secret ?? newSecret(),
		previous: null,
		resume: wanted.resume ?? null,
		skip_deleted: wanted.skip_deleted ?? false,
		once: wanted.once ?? false,
		until: wanted.until ?? null,
		trusted,
		created_at: createdAt,
		disabled_at: wanted.disabled ? createdAt : null,
	}
}

/** Changes the given fields of a record. @param now Unix time in milliseconds */
export function changeWebhookRecord(
	webhook: Webhook,
	{ disabled, ...named }: WebhookChange,
	trusted: boolean,
	now: number,
) {
	// Names of one format say nothing in another.
	if (named.format !== undefined && named.format !== webhook.format) webhook.event_names = null
	const fields = Object.entries(named).filter(([, value]) => value !== undefined)
	Object.assign(webhook, Object.fromEntries(fields))
	if (!webhook.events.length) webhook.events = ['*']
	if (named.url !== undefined) webhook.trusted = trusted
	if (disabled === undefined) return
	webhook.disabled_at = disabled ? (webhook.disabled_at ?? new Date(now).toISOString()) : null
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
