// Keeps many messages of a week in the state of a session, opens it again, and prints the time and the memory as JSON.
//   node --expose-gc many-messages.ts DIRECTORY MESSAGES
// A process of its own: the test runner's hooks would cost more than the measured work.
import { setImmediate as tick, setTimeout } from 'node:timers/promises'
import { DAY_MS } from '../../../../gateway/src/lib/units.ts'
import { openSessionState } from '../../../../gateway/src/session/state/index.ts'
import { jsonStorage } from '../../../../gateway/src/storage/json/index.ts'

const [directory = '', count = '0'] = process.argv.slice(2)
const messages = Number(count)
const DAYS = 7
const AT_ONCE = 200

const realNow = Date.now
let written = 0
Date.now = () => realNow() - DAYS * DAY_MS * (1 - written / messages)

const idOf = (n: number) => `3EB0${n.toString(16).toUpperCase().padStart(18, '0')}`
const chatOf = (n: number) => `4917${String(n % 500).padStart(8, '0')}@s.whatsapp.net`

const storage = await jsonStorage(directory, {
	onLost(error) {
		throw error
	},
})

async function keepAll() {
	const state = await openSessionState(storage, 'main')
	const keep = async (n: number) => {
		const seen = await state.messages.firstSight([`${chatOf(n)} ${idOf(n)}`])
		const content = { conversation: `message ${n} ${'x'.repeat(80)}` }
		const message = { message_id: idOf(n), to: chatOf(n), type: 'text', from_me: false, content }
		const data = { status: 'open' as const, me: null, last_disconnect: null }
		const along = [seen!, ...state.messages.keep(message)]
		await state.record({ type: 'session.status', data }, along)
	}
	for (; written < messages; written += AT_ONCE) {
		await Promise.all(Array.from({ length: AT_ONCE }, (_, k) => keep(written + k)))
		if (written % 50_000 === 0) await state.prune()
		await tick()
	}
	await state.close()
}

function usedBytes() {
	global.gc?.()
	const { heapUsed, arrayBuffers } = process.memoryUsage()
	return heapUsed + arrayBuffers
}

/** A compaction that is under way holds some buffers for a moment. */
async function settledBytes() {
	let least = Infinity
	for (let n = 0; n < 5; n++) {
		least = Math.min(least, usedBytes())
		await setTimeout(100)
	}
	return least
}

await keepAll()
const before = await settledBytes()
const startedAt = performance.now()
const state = await openSessionState(storage, 'main')
const openedMs = performance.now() - startedAt
const addedBytes = (await settledBytes()) - before

/** Whether a message is there, and is known to have been seen. */
async function isThere(n: number) {
	const found = await state.messages.content(idOf(n))
	const seen = await state.messages.wasSeen([`${chatOf(n)} ${idOf(n)}`])
	return seen && found?.message.conversation?.startsWith(`message ${n} `) === true
}
const some = [0, 1, Math.floor(messages / 2), messages - 1]
const found = (await Promise.all(some.map(isThere))).every(Boolean)

async function pageMs(after: number) {
	const from = performance.now()
	const page = await state.events.after(after, 500)
	return { ms: performance.now() - from, length: page.length, last: page.at(-1)?.seq }
}
const last = state.events.last()
const [oldest] = await state.events.after(0, 1)
const pages = { oldest: await pageMs(oldest!.seq - 1), newest: await pageMs(last - 500) }
await state.close()
await storage.close()
console.log(JSON.stringify({ openedMs, addedBytes, found, last, pages }))
