import { z } from 'zod'
import { GatewayError } from '../../errors.ts'
import { createKeyedMutex } from '../../lib/keyed-mutex.ts'
import type { Log } from '../../log.ts'
import { DamagedError, type Document, type Storage } from '../../storage/driver.ts'
import { wrongWithFilter } from './filter.ts'
import { webhookRecord, type Webhook } from './webhook.ts'

export type WebhookDocumentsOptions = {
	storage: Storage
	log: Log
	/** Unix time in milliseconds. */
	now(): number
}

const documentName = (session: string) => `webhooks/${session}`

/** The webhooks of each session that is open here: a document per session. */
export function createWebhookDocuments({ storage, log, now }: WebhookDocumentsOptions) {
	const documents = new Map<string, Document<Webhook[]>>()
	const damages = new Map<string, DamagedError>()
	// A session is closed after the writes that are under way.
	const inTurn = createKeyedMutex()

	async function open(session: string) {
		if (documents.has(session)) return
		const name = documentName(session)
		const document = await storage
			.document(name, () => [], z.array(webhookRecord))
			.catch((error) => rememberDamage(session, error))
		await disableUnusable(document, log, now())
		documents.set(session, document)
	}

	function rememberDamage(session: string, error: unknown): never {
		if (error instanceof DamagedError) damages.set(session, error)
		throw error
	}

	function documentOf(session: string): Document<Webhook[]> {
		const document = documents.get(session)
		if (document) return document
		const damage = damages.get(session)
		if (damage) throw damage
		throw new GatewayError('session_not_found', `Session ${session} was removed.`)
	}

	return {
		/** Opens the webhooks of a session, unless they are open. @throws DamagedError */
		open: (session: string) => inTurn(session, () => open(session)),
		/** Lets go of the webhooks of a session: it has none here until they are opened again. */
		close: (session: string) =>
			inTurn(session, () => {
				documents.delete(session)
				damages.delete(session)
				storage.letGo(documentName(session))
			}),
		/** Deletes the webhooks of a session for good. */
		remove: (session: string) =>
			inTurn(session, async () => {
				documents.delete(session)
				damages.delete(session)
				await storage.remove(documentName(session))
			}),
		isOpen: (session: string) => documents.has(session),
		/** The webhooks of a session; none while they are not open. */
		of: (session: string): readonly Webhook[] => documents.get(session)?.data ?? [],
		all: () => [...documents.values()].flatMap(({ data }) => data),
		sessions: () => [...documents.keys()],
		/**
		 * Changes a draft, possibly more than once, and saves it.
		 * @throws what `change` throws, and GatewayError session_not_found when the session is not open
		 */
		update: <R>(session: string, change: (draft: Webhook[]) => R): Promise<R> =>
			inTurn(session, () => documentOf(session).update(change)),
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
