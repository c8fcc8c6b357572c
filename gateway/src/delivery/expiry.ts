import type { Log } from '../log.ts'
import type { Clock } from '../lib/clock.ts'
import type { Consumer } from './consumer.ts'
import type { Webhook } from './registry/webhook.ts'
import type { Webhooks } from './registry/webhooks.ts'

export type ExpiryOptions = {
	webhooks: Webhooks
	clock: Clock
	log: Log
	consumer(webhook: Webhook): Consumer | undefined
	/** Sends `webhook.expired`, if the webhook's format has it. True once the target has accepted it. */
	sendExpired(webhook: Webhook): Promise<boolean>
}

/** How long a target has to accept the events that wait, and `webhook.expired`. */
const GRACE_MS = 60_000
/** Between two tries to send `webhook.expired`. */
const RETRY_MS = 5_000

/** Deletes webhooks at the time of their `until`. */
export function createExpiry({ webhooks, clock, log, consumer, sendExpired }: ExpiryOptions) {
	const expiring = new Set<string>()
	let cancel = () => {}
	let isStopped = false

	function look() {
		cancel()
		if (isStopped) return
		const waiting = webhooks.withExpiry().filter(({ webhook }) => !expiring.has(webhook.id))
		const soonest = Math.min(...waiting.map(({ at }) => at))
		if (soonest === Infinity) return
		cancel = clock.after(Math.max(0, soonest - clock.now()), () => {
			for (const { webhook, at } of waiting) if (at <= clock.now()) void expire(webhook, at)
			look()
		})
	}

	async function expire(webhook: Webhook, at: number) {
		expiring.add(webhook.id)
		try {
			const isDone = webhook.disabled_at !== null || (await isExpirySent(webhook))
			if (!isDone && clock.now() < at + GRACE_MS) {
				clock.after(RETRY_MS, () => void (!isStopped && expire(webhook, at)))
				return
			}
			expiring.delete(webhook.id)
			await webhooks.finish(webhook)
		} catch (err) {
			log.error({ err, webhook: webhook.id }, 'expired webhook not deleted')
		}
	}

	/** Events that happened in time go first. A one-time webhook that accepts one of them needs no `webhook.expired`. */
	async function isExpirySent(webhook: Webhook): Promise<boolean> {
		const open = consumer(webhook)
		await open?.ready()
		if (!webhooks.findActive(webhook.session, webhook.id)) return true
		if (open?.pending) return false
		return sendExpired(webhook)
	}

	return {
		/** Call it when webhooks were added, changed or deleted. */
		look,
		stop() {
			isStopped = true
			cancel()
		},
	}
}
