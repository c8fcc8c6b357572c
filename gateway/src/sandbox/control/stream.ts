import type { Phone } from '../phone/phone.ts'
import type { Sandbox } from '../sandbox.ts'
import { Feed, type FeedNews } from '../view/feed.ts'
import { phoneView } from '../view/phone-view.ts'
import { personView } from './person-view.ts'

/** Pages call themselves "not live" after 30 s without a ping. */
const PING_MS = 10_000
/** Changes come in crowds: a message, its receipt, its ack. They are told together. */
const TOGETHER_MS = 40
/** After a look for changes, so many times as long nobody looks again. */
const REST = 10
/** What is wrong for a time ends without a change. */
const FAULTS_MS = 1_000
/** The sandbox stops, or its people are gone. */
const ENDINGS = ['close', 'reset']
/** Bubbles of each chat in a snapshot; older ones by `…/bubbles?before=`. */
const NEWEST = 50

/** The streams of phones: `snapshot`, then `change`, each with values by key, and `ping`. */
export function createPhoneStreams(sandbox: Sandbox) {
	const feeds = new WeakMap<Phone, Refreshed>()
	const feedOf = (phone: Phone) => {
		const feed = feeds.get(phone) ?? refreshed(new Feed(() => valuesOf(sandbox, phone)))
		feeds.set(phone, feed)
		return feed
	}
	return {
		/** @param lastId of the last event that the page has got */
		open(phone: Phone, lastId: string | undefined): Response {
			return eventStream(sandbox, (send) => follow(sandbox, phone, feedOf(phone), lastId, send))
		},
	}
}

/** A feed with one timer for all who follow it. */
type Refreshed = { feed: Feed; soon: () => void }

function refreshed(feed: Feed): Refreshed {
	let timer: NodeJS.Timeout | undefined
	let took = 0
	const refresh = () => {
		const started = performance.now()
		timer = undefined
		feed.refresh()
		took = performance.now() - started
	}
	// A phone with very many messages must not keep the whole process busy.
	const pause = () => Math.max(TOGETHER_MS, took * REST)
	return { feed, soon: () => void (timer ??= setTimeout(refresh, pause()).unref()) }
}

type Send = (event: string, data: object, id?: string) => void

/** Tells a page what changes. @returns ends it */
function follow(
	{ whatsapp }: Sandbox,
	phone: Phone,
	{ feed, soon }: Refreshed,
	lastId: string | undefined,
	send: Send,
): () => void {
	feed.refresh()
	const missed = feed.since(lastId)
	if (missed) for (const { id, ...news } of missed) send('change', news, id)
	else send('snapshot', snapshotOf(feed), feed.id)
	const stop = feed.listen(({ id, ...news }) => send('change', news, id))
	const sources = [phone.events, whatsapp.events]
	for (const source of sources) source.on('change', soon)
	const faults = setInterval(() => whatsapp.activeFaults().length && soon(), FAULTS_MS)
	const pings = setInterval(() => send('ping', {}), PING_MS)
	return () => {
		stop()
		for (const each of [faults, pings]) clearInterval(each)
		for (const source of sources) source.off('change', soon)
	}
}

/** The values of a feed, without older bubbles. */
function snapshotOf(feed: Feed): FeedNews & { more: string[] } {
	const byChat = new Map<string, string[]>()
	const set = feed.values()
	for (const [key, value] of Object.entries(set)) {
		if (!key.startsWith('bubble/')) continue
		const { chat } = value as { chat: string }
		byChat.set(chat, [...(byChat.get(chat) ?? []), key])
	}
	for (const keys of byChat.values()) for (const key of keys.slice(0, -NEWEST)) delete set[key]
	const more = [...byChat].filter(([, keys]) => keys.length > NEWEST).map(([chat]) => chat)
	return { set, gone: [], more }
}

/** What a phone shows, by key; bubbles are in their order. */
function valuesOf(sandbox: Sandbox, phone: Phone): Record<string, unknown> {
	const { whatsapp, phones } = sandbox
	const { chats, bubbles } = phoneView(whatsapp, phone)
	const people = [...phones.values()].map((each) => personView(sandbox, each))
	const entries: [string, unknown][] = [
		['me', phone.account.phone],
		['faults', whatsapp.activeFaults()],
		...people.map((person): [string, unknown] => [`person/${person.phone}`, person]),
		...chats.map((chat): [string, unknown] => [`chat/${chat.id}`, chat]),
		...bubbles.map((bubble): [string, unknown] => [`bubble/${bubble.seq}`, bubble]),
	]
	return Object.fromEntries(entries)
}

/** A response whose events come as they are sent. @param start returns what ends it */
function eventStream({ whatsapp }: Sandbox, start: (send: Send) => () => void): Response {
	const encoder = new TextEncoder()
	let end = () => {}
	const body = new ReadableStream<Uint8Array>({
		start(controller) {
			const stop = start((event, data, id) => {
				const lines = [`event: ${event}`, `data: ${JSON.stringify(data)}`]
				const all = id === undefined ? lines : [`id: ${id}`, ...lines]
				controller.enqueue(encoder.encode(`${all.join('\n')}\n\n`))
			})
			const close = () => {
				end()
				controller.close()
			}
			for (const ending of ENDINGS) whatsapp.events.once(ending, close)
			end = () => {
				for (const ending of ENDINGS) whatsapp.events.off(ending, close)
				stop()
			}
		},
		cancel: () => end(),
	})
	const headers = {
		'content-type': 'text/event-stream',
		'cache-control': 'no-store',
		'x-accel-buffering': 'no',
	}
	return new Response(body, { headers })
}
