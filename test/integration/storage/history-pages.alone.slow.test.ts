import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { openSessionState } from '../../../gateway/src/session/state/index.ts'
import { jsonStorage } from '../../../gateway/src/storage/json/index.ts'
import { temporaryDirectory } from '../../support/directories.ts'
import { openGateway } from '../../support/gateway/gateway.ts'

const MESSAGES = 100_000
const AT_ONCE = 500
const PAGE = 500
/** Pages whose CPU times are compared: in one alone garbage may be collected. */
const COMPARED = 40
const FILES_COST = 4

const CHAT = '4917000000001@s.whatsapp.net'
const PATH = `/api/v1/sessions/main/chats/${CHAT}/messages`
const idOf = (n: number) => `3EB0${String(n).padStart(18, '0')}`

test(`the ${MESSAGES} messages of a chat are read page by page, and no page costs much more than another`, async (t) => {
	const dataDir = await temporaryDirectory(t)
	const before = await openGateway(t, { dataDir })
	await before.request('POST', '/api/v1/sessions', { id: 'main' })
	await before.stop()
	await keepAll(dataDir)

	const { ids, times } = await readAll(t, dataDir)
	assert.deepEqual([ids.length, new Set(ids).size], [MESSAGES, MESSAGES])
	assert.deepEqual([ids[0], ids.at(-1)], [idOf(MESSAGES - 1), idOf(0)])
	const [first, last] = [median(times.slice(0, COMPARED)), median(times.slice(-COMPARED))]
	t.diagnostic(
		`a page of ${PAGE} costs ${first.toFixed(1)} ms at first, ${last.toFixed(1)} at last`,
	)
	// The newest records are in memory, the others in files. What grew with the place would be 200 times as much.
	assert.ok(last < FILES_COST * first, `${last} ms, and ${first} at first`)
})

/** What a session has kept of a chat of which a message came in every second. */
async function keepAll(dataDir: string) {
	const storage = await jsonStorage(dataDir, {
		onLost(error) {
			throw error
		},
	})
	const state = await openSessionState(storage, 'main')
	const start = Math.floor(Date.now() / 1000) - MESSAGES
	const message = (n: number) => ({
		...{ message_id: idOf(n), to: CHAT, type: 'text', from_me: false },
		content: { conversation: `message ${n}` },
	})
	for (let done = 0; done < MESSAGES; done += AT_ONCE) {
		const some = Array.from({ length: AT_ONCE }, (_, k) => message(done + k))
		await state.commit(some.flatMap((each, k) => state.messages.keep(each, start + done + k)))
	}
	await state.close()
	await storage.close()
}

async function readAll(t: TestContext, dataDir: string) {
	const gateway = await openGateway(t, { dataDir })
	const ids: string[] = []
	const times: number[] = []
	for (let next: string | null = ''; next !== null;) {
		const from = process.cpuUsage()
		const place: string = next && `&before=${next}`
		const { status, body, text } = await gateway.request('GET', `${PATH}?limit=${PAGE}${place}`)
		times.push(cpuMs(process.cpuUsage(from)))
		assert.equal(status, 200, text)
		ids.push(...body.messages.map((each: { message_id: string }) => each.message_id))
		next = body.next
	}
	return { ids, times }
}

const cpuMs = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!
