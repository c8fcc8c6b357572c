import { clearTimeout, setTimeout } from '../../lib/own-timers.ts'
import { DAY_MS } from '../../lib/units.ts'
import type { GatewayEvent } from '../../events/index.ts'
import type { RenderedEvent } from '../formats.ts'
import { signatureHeaders } from '../signature.ts'
import type { AllowedTargets } from '../registry/allowed-targets.ts'
import { secretsOf, type Webhook } from '../registry/webhook.ts'
import { exchange, type Exchange } from './exchange.ts'

/** What became of one attempt. */
export type Outcome = {
	/** The status that was answered; null if there was no answer. */
	status: number | null
	/** Why it does not count as taken; null if it was taken. */
	why: string | null
	/** Nobody was there: nothing in the event can be the reason. */
	isUnreachable: boolean
	/** What went wrong speaks of the target, such as a workflow that is not active, more than of the event. */
	isOfTarget: boolean
	/** For so long the target wants to be left alone. */
	retryAfterMs: number
	/** The beginning of the answer's body, if the caller reads it. */
	answer: string
}

/** A body and the id that it has at every attempt. */
export type Payload = {
	id: string
	body: string
	/** What it tells. */
	event: GatewayEvent
	/** The headers that the format of the webhook has besides ours. */
	headers?: RenderedEvent['headers'] | undefined
	/** What the format adds to the URL of the webhook. */
	path?: string | undefined
	/** The file that its body carries, and the body with it. */
	file?: { messageId: string; bodyWith(base64: string): string }
}

export type Post = ReturnType<typeof createPost>

const unreachable = [
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'UND_ERR_CONNECT_TIMEOUT',
]

const brokenOff = ['ECONNRESET', 'UND_ERR_SOCKET']
/** n8n answers 404 until a workflow is active, and a proxy the others while n8n is away. */
const notThere = [404, 502, 503, 504]

/** Makes attempts. What is under way when the signal comes is given up. */
export function createPost(targets: AllowedTargets, timeoutMs: number, now: () => number) {
	const underWay = new Set<Exchange>()

	/** Waits for the headers of the answer. @param wantsBeginning whether to wait for the beginning of its body */
	async function post(
		webhook: Webhook,
		payload: Payload,
		wantsBeginning = false,
	): Promise<Outcome> {
		let exchanged: Exchange | undefined
		let timer: NodeJS.Timeout | undefined
		try {
			const { origin, pathname, search } = new URL(urlOf(webhook, payload))
			const options = {
				origin,
				path: `${pathname}${search}`,
				method: 'POST' as const,
				body: payload.body,
				headers: {
					'user-agent': 'whatsapp-gateway',
					...webhook.headers,
					'content-type': 'application/json',
					...headersOf(webhook, payload, new Date(now())),
				},
				// Ours is exact, and for the whole of it.
				headersTimeout: 0,
				bodyTimeout: 0,
			}
			const agent = targets.agentFor(webhook.url, webhook.trusted)
			exchanged = exchange(agent, options, wantsBeginning)
			underWay.add(exchanged)
			timer = setTimeout(exchanged.giveUp, timeoutMs, noAnswer)
			const { status, headers, beginning: answer } = await exchanged.answer
			const isTaken = status >= 200 && status < 300
			return {
				status,
				why: isTaken ? null : `answered ${status}`,
				isUnreachable: false,
				isOfTarget: notThere.includes(status),
				retryAfterMs: isTaken ? 0 : retryAfter(headers['retry-after'], now()),
				answer,
			}
		} catch (error) {
			const why = error === noAnswer ? noAnswer.message : reasonOf(error)
			const isUnreachable = unreachable.includes(why)
			const isOfTarget = isUnreachable || brokenOff.includes(why)
			return { status: null, why, isUnreachable, isOfTarget, retryAfterMs: 0, answer: '' }
		} finally {
			clearTimeout(timer)
			if (exchanged) underWay.delete(exchanged)
		}
	}

	return Object.assign(post, {
		/** Gives up what is under way. */
		abort: () => underWay.forEach(({ giveUp }) => giveUp(noAnswer)),
	})
}

const noAnswer = new Error('no answer in time')

function urlOf({ url }: Webhook, { path }: Payload): string {
	if (!path) return url
	const target = new URL(url)
	target.pathname = target.pathname.replace(/\/+$/, '') + path
	return target.href
}

/** Ours, and those that the format has: these are signed with the newest secret only. */
function headersOf(webhook: Webhook, { id, body, headers }: Payload, now: Date) {
	const secrets = secretsOf(webhook, now.getTime())
	const own = signatureHeaders(secrets, id, body, now)
	const timestamp = Number(own['webhook-timestamp'])
	return { ...own, ...headers?.({ body, secret: webhook.secret, timestamp }) }
}

/** Seconds or a date, as RFC 9110 has it; at the most a day. */
function retryAfter(header: unknown, now: number): number {
	if (typeof header !== 'string') return 0
	const seconds = Number(header)
	const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now
	return Math.min(Math.max(ms || 0, 0), DAY_MS)
}

// What it says may carry the URL, which can hold a secret.
function reasonOf(error: unknown): string {
	const { code, name, cause } = error as Error & { code?: string; cause?: { code?: string } }
	return code ?? cause?.code ?? name
}
