import { z } from 'zod'
import { DAY_MS } from '../../lib/units.ts'
import type { OptionalFeeds } from '../../session/subscriptions.ts'
import { GatewayError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { Document, Storage } from '../../storage/driver.ts'
import { isHistory, wrongWithFilter } from './filter.ts'
import { newSecret } from '../signature.ts'
import type { AllowedTargets } from './allowed-targets.ts'
import {
	changeWebhookRecord,
	createWebhookRecord,
	webhookRecord,
	type NewWebhook,
	type StartAt,
	type Webhook,
	type WebhookChange,
} from './webhook.ts'

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

export type WebhooksOptions = {
	storage: Storage
	targets: AllowedTargets
	log: Log
	/** Unix time in milliseconds. */
	now?: (() => number) | undefined
}

/** The webhooks of all sessions. */
export type Webhooks = Awaited<ReturnType<typeof openWebhooks>>

export async function openWebhooks({ storage, targets, log, now = Date.now }: WebhooksOptions) {
	const document = await storage.document('webhooks', () => [], z.array(webhookRecord))
	await disableUnusable(document, log, now())
	let watcher: WebhookWatcher = { adding: async () => () => {}, changed: () => {} }
	const finished = new Set<string>()
	const isOf = (session: string, id: string) => (webhook: Webhook) =>
		webhook.session === session && webhook.id === id

	async function change(session: string, id: string, apply: (webhook: Webhook) => void) {
		const changed = await document.update((webhooks) => {
			const webhook = webhooks.find(isOf(session, id))
			if (!webhook) throw unknown(session, id)
			apply(webhook)
			return webhook
		})
		watcher.changed(session)
		return changed
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
			const createdAt = now()
			await targets.check(wanted.url, trusted)
			const webhook = createWebhookRecord(session, wanted, trusted, createdAt)
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
			return change(session, id, (webhook) => {
				changeWebhookRecord(webhook, wanted, trusted, now())
				refuseUnusable(webhook)
			})
		},
		/** Gives a webhook a new secret; the old one stays valid for a day. */
		rotate(session: string, id: string) {
			return change(session, id, (webhook) => {
				webhook.previous = { secret: webhook.secret, until: now() + BOTH_SECRETS_MS }
				webhook.secret = newSecret()
			})
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

/** A filter that an earlier version accepted would let all events through, or none: its webhook waits for another. */
async function disableUnusable(document: Document<Webhook[]>, log: Log, now: number) {
	const isUnusable = (webhook: Webhook) => !webhook.disabled_at && wrongWithFilter(webhook.filter)
	for (const { session, id, filter } of document.data.filter(isUnusable))
		log.error(
			{ session, webhook: id, pattern: filter.text_matches },
			'webhook disabled: `filter.text_matches` cannot be used any more. Change it and enable the webhook',
		)
	if (!document.data.some(isUnusable)) return
	await document.update((webhooks) => {
		for (const webhook of webhooks.filter(isUnusable))
			webhook.disabled_at = new Date(now).toISOString()
	})
}

/** A disabled webhook may keep a filter that cannot be used, but is not enabled with it. */
function refuseUnusable({ disabled_at, filter }: Webhook) {
	const wrong = disabled_at === null ? wrongWithFilter(filter) : undefined
	if (wrong === undefined) return
	const field = 'filter.text_matches'
	throw new GatewayError('invalid_request', `\`${field}\`: ${wrong}.`, { field })
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
