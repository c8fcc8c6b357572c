import type { Log } from '../log.ts'
import type { Clock } from '../lib/clock.ts'
import type { Line } from './consumer.ts'
import type { Webhook, Webhooks } from './registry/webhooks.ts'

export type EndingOptions = {
	webhooks: Webhooks
	clock: Clock
	log: Log
	line(webhook: Webhook): Line | undefined
	/** Tells the target of a webhook that its time is over, if its format can. True once that is done. */
	tell(webhook: Webhook): Promise<boolean>
}

/** How long a target has to take what is on its way, or to hear that its time is over. */
const GRACE_MS = 60_000
const AGAIN_MS = 5_000

/** Lets webhooks go when their time is over. */
export function createEnding({ webhooks, clock, log, line, tell }: EndingOptions) {
	const under = new Set<string>()
	let callOff = () => {}
	let isStopped = false

	function look() {
		callOff()
		if (isStopped) return
		const waiting = webhooks.ending().filter(({ webhook }) => !under.has(webhook.id))
		const soonest = Math.min(...waiting.map(({ at }) => at))
		if (soonest === Infinity) return
		callOff = clock.after(Math.max(0, soonest - clock.now()), () => {
			for (const { webhook, at } of waiting) if (at <= clock.now()) void end(webhook, at)
			look()
		})
	}

	async function end(webhook: Webhook, at: number) {
		under.add(webhook.id)
		try {
			const isDone = webhook.disabled_at !== null || (await isTold(webhook))
			if (!isDone && clock.now() < at + GRACE_MS) {
				clock.after(AGAIN_MS, () => void (!isStopped && end(webhook, at)))
				return
			}
			under.delete(webhook.id)
			await webhooks.finish(webhook)
		} catch (err) {
			log.error({ err, webhook: webhook.id }, 'webhook not ended')
		}
	}

	/** What happened in time goes first; if that is taken by one who wants one event, there is nothing to tell. */
	async function isTold(webhook: Webhook): Promise<boolean> {
		const open = line(webhook)
		await open?.ready()
		if (!webhooks.findActive(webhook.session, webhook.id)) return true
		if (open?.pending) return false
		return tell(webhook)
	}

	return {
		/** There are other webhooks now. */
		look,
		stop() {
			isStopped = true
			callOff()
		},
	}
}
