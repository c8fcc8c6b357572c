import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import { orderKey, type GatewayEvent } from '../events/index.ts'
import type { Log } from '../log.ts'
import { signatureHeaders } from './sign.ts'
import type { Targets } from './targets.ts'
import type { Webhook, Webhooks } from './webhooks.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

// The schedule that Standard Webhooks recommends: ten attempts in three days.
const waits = [
	0,
	5 * SECOND,
	5 * MINUTE,
	30 * MINUTE,
	2 * HOUR,
	5 * HOUR,
	10 * HOUR,
	14 * HOUR,
	20 * HOUR,
	24 * HOUR,
]

export type DeliveryOptions = {
	webhooks: Webhooks
	targets: Targets
	log: Log
	/** Milliseconds before each attempt. */
	schedule?: number[]
	timeoutMs?: number
}

type Answer = { status: number; retryAfterMs: number }

/** Brings events to webhooks: at least once, and in order within a chat. */
export type Delivery = ReturnType<typeof createDelivery>

// In memory for now: what is not delivered when the gateway stops is lost, until step 4 keeps it in an outbox.
export function createDelivery(options: DeliveryOptions) {
	const { webhooks, targets, log, schedule = waits, timeoutMs = 15 * SECOND } = options
	const stopping = new AbortController()
	const lines = new Map<string, Promise<void>>()

	function queue(webhook: Webhook, event: GatewayEvent, body: string) {
		const key = JSON.stringify([webhook.id, orderKey(event)])
		const before = lines.get(key) ?? Promise.resolve()
		const mine = before
			.then(() => deliver(webhook, event, body))
			.catch((err) => {
				if (!stopping.signal.aborted) log.error({ err, event: event.id }, 'delivery broke')
			})
			.finally(() => {
				if (lines.get(key) === mine) lines.delete(key)
			})
		lines.set(key, mine)
	}

	async function deliver(webhook: Webhook, event: GatewayEvent, body: string) {
		const facts = { webhook: webhook.id, event: event.id, session: event.session }
		let atLeast = 0
		for (const [attempt, wait] of schedule.entries()) {
			const pause = Math.max(atLeast, jittered(wait))
			if (pause > 0) await sleep(pause, undefined, { signal: stopping.signal })
			if (!webhooks.has(webhook)) return
			const answer = await post(webhook, event, body)
			if (typeof answer !== 'string') {
				if (answer.status >= 200 && answer.status < 300) return log.debug(facts, 'event delivered')
				if (answer.status === 410) return disable(webhook)
				atLeast = answer.retryAfterMs
			}
			const why = typeof answer === 'string' ? answer : `answered ${answer.status}`
			log.warn({ ...facts, attempt: attempt + 1, why }, 'webhook did not take the event')
		}
		log.error(facts, 'event given up: the webhook never took it')
	}

	async function post(
		webhook: Webhook,
		event: GatewayEvent,
		body: string,
	): Promise<Answer | string> {
		try {
			const response = await request(webhook.url, {
				method: 'POST',
				body,
				headers: {
					'content-type': 'application/json',
					'user-agent': 'whatsapp-gateway',
					...signatureHeaders(webhook.secret, event.id, body),
				},
				dispatcher: targets.agentFor(webhook.url, webhook.trusted),
				signal: stopping.signal,
				headersTimeout: timeoutMs,
				bodyTimeout: timeoutMs,
			})
			const { statusCode: status, headers } = response
			await response.body.dump()
			return { status, retryAfterMs: retryAfter(headers['retry-after']) }
		} catch (error) {
			return reasonOf(error)
		}
	}

	async function disable(webhook: Webhook) {
		await webhooks.disable(webhook)
		log.warn({ webhook: webhook.id }, 'webhook disabled: its target answered 410 Gone')
	}

	return {
		/** Tells everybody who wants to know. Returns at once. */
		publish(event: GatewayEvent) {
			const interested = webhooks.wanting(event)
			if (interested.length === 0) return
			// The same bytes at every attempt, so that the receiver can tell a repetition.
			const body = JSON.stringify(event)
			for (const webhook of interested) queue(webhook, event, body)
		},
		/** Ends what is under way. */
		async stop() {
			stopping.abort()
			await Promise.all(lines.values())
		},
	}
}

function jittered(wait: number) {
	return wait * (0.8 + Math.random() * 0.4)
}

function retryAfter(header: unknown) {
	const seconds = Number(header ?? 0)
	return Number.isFinite(seconds) ? Math.min(seconds * SECOND, 24 * HOUR) : 0
}

// What it says may carry the URL, which can hold a secret.
function reasonOf(error: unknown): string {
	const { code, name } = error as Error & { code?: string }
	return code ?? name
}
