import { DAY_MS } from '../../lib/units.ts'
import type { OptionalFeeds } from '../../session/subscriptions.ts'
import { GatewayError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { Storage } from '../../storage/driver.ts'
import { isHistory, isOutgoing, wrongWithFilter } from './filter.ts'
import { newSecret } from '../signature.ts'
import type { AllowedTargets } from './allowed-targets.ts'
import { createWebhookDocuments } from './webhook-documents.ts'
import {
	changeWebhookRecord,
	createWebhookRecord,
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

/** The webhooks of all sessions that are open here. */
export type Webhooks = ReturnType<typeof createWebhooks>

export function createWebhooks({ storage, targets, log, now = Date.now }: WebhooksOptions) {
	const documents = createWebhookDocuments({ storage, log, now })
	let watcher: WebhookWatcher = { adding: async () => () => {}, changed: () => {} }
	const finished = new Set<string>()
	const has = (id: string) => (webhook: Webhook) => webhook.id === id

	async function change(session: string, id: string, apply: (webhook: Webhook) => void) {
		const changed = await documents.update(session, (webhooks) => {
			const webhook = webhooks.find(has(id))
			if (!webhook) throw unknown(session, id)
			apply(webhook)
			return webhook
		})
		watcher.changed(session)
		return changed
	}

	function get(session: string, id: string): Webhook {
		const webhook = documents.of(session).find(has(id))
		if (webhook) return webhook
		throw unknown(session, id)
	}

	return {
		watch: (newWatcher: WebhookWatcher) => void (watcher = newWatcher),
		open: documents.open,
		close: documents.close,
		isOpen: documents.isOpen,
		/** Deletes all webhooks of a session that is deleted. */
		removeAllOf: documents.remove,
		list: documents.of,
		get,
		/** A webhook, unless it is deleted, finished or disabled. */
		findActive(session: string, id: string): Webhook | undefined {
			if (finished.has(id)) return undefined
			const webhook = documents.of(session).find(has(id))
			return webhook?.disabled_at ? undefined : webhook
		},
		/** The optional feeds that the webhooks of a session ask for. */
		optionalFeeds(session: string): OptionalFeeds {
			const of = documents.of(session)
			return {
				raw: of.some(({ raw }) => raw),
				history: of.some(({ events }) => events.some(isHistory)),
				outgoing: of.some(({ events }) => events.some(isOutgoing)),
			}
		},
		/** The webhooks that expire, and when: Unix time in milliseconds. */
		withExpiry: () =>
			documents
				.all()
				.flatMap((webhook) =>
					webhook.until === null ? [] : [{ webhook, at: Date.parse(webhook.until) }],
				),
		/** Every session that is open here. */
		sessions: documents.sessions,
		/** Refuses what `add` would refuse. */
		check: ({ url }: NewWebhook, trusted: boolean) => targets.check(url, trusted),
		async add(session: string, wanted: NewWebhook, trusted: boolean) {
			const createdAt = now()
			await targets.check(wanted.url, trusted)
			const webhook = createWebhookRecord(session, wanted, trusted, createdAt)
			if (documents.of(session).some((other) => isNamesake(other, webhook))) throw taken(webhook)
			const arrived = await watcher.adding(webhook, wanted)
			try {
				await documents.update(session, (webhooks) => {
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
			await documents.update(session, (webhooks) => {
				const index = webhooks.findIndex(has(id))
				if (index < 0) throw unknown(session, id)
				webhooks.splice(index, 1)
			})
			watcher.changed(session)
		},
		/** Deletes a webhook that has got its one event, or has expired. Nothing more is sent from now on. */
		async finish({ session, id }: Webhook) {
			finished.add(id)
			await documents.update(session, (webhooks) => {
				const index = webhooks.findIndex(has(id))
				if (index >= 0) webhooks.splice(index, 1)
			})
			finished.delete(id)
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

/** A disabled webhook may keep a filter that cannot be used, but is not enabled with it. */
function refuseUnusable({ disabled_at, filter }: Webhook) {
	const wrong = disabled_at === null ? wrongWithFilter(filter) : undefined
	if (wrong === undefined) return
	const field = 'filter.text_matches'
	throw new GatewayError('invalid_request', `\`${field}\`: ${wrong}.`, { field })
}

function isNamesake(a: Webhook, b: Webhook) {
	return a.resume !== null && a.resume === b.resume
}

function taken({ session, resume }: Webhook) {
	const advice = `Session ${session} has a webhook that resumes as ${resume}. Remove that one first, or choose another name.`
	return new GatewayError('webhook_exists', advice, { field: 'resume' })
}

function unknown(session: string, id: string) {
	const advice = `Session ${session} has no webhook ${id}. GET /api/v1/sessions/${session}/webhooks lists them.`
	return new GatewayError('webhook_not_found', advice)
}
