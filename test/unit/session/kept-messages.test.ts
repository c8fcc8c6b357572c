import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keptOfAllChats } from '../../../gateway/src/session/kept-messages.ts'
import type { SessionState } from '../../../gateway/src/session/state/index.ts'
import { openMessageStore } from '../../../gateway/src/session/state/messages.ts'
import { memoryState } from '../../../gateway/src/storage/memory.ts'

const START_S = 1_795_000_000
const otherName = () => undefined
const chatOf = (n: number) => `49170000${String(n).padStart(4, '0')}@s.whatsapp.net`

/** Chats with messages at these seconds, each named after its time, and how many messages are read. */
async function openChats(chats: number[][]) {
	const state = memoryState([])
	let read = 0
	const counted: typeof state = {
		...state,
		get(collection, ids) {
			if (collection.startsWith('message/')) read += ids.length
			return state.get(collection, ids)
		},
	}
	const messages = await openMessageStore(counted, otherName, 8)
	for (const [n, times] of chats.entries())
		for (const time of times) {
			const told = { message_id: String(time), to: chatOf(n), type: 'text', from_me: false }
			const message = { ...told, content: { conversation: String(time) } }
			await state.commit(messages.keep(message, START_S + time))
		}
	const chatStates = { of: () => ({ cleared_at: null }) }
	const ready = { messages, chatStates } as unknown as SessionState
	return { ready, reads: () => read }
}

async function idsOf(ready: SessionState, filter = {}): Promise<number[]> {
	const ids: number[] = []
	for await (const { message_id } of keptOfAllChats(ready, filter, { otherName }))
		ids.push(Number(message_id))
	return ids
}

test('the messages of all chats come in the order of their times, whichever chat they are of', async () => {
	const { ready } = await openChats([[1, 7, 8], [2, 9], [3, 4, 5, 6], [], [10]])
	assert.deepEqual(await idsOf(ready), [10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
	const some = { since: START_S + 3, until: START_S + 8 }
	assert.deepEqual(await idsOf(ready, some), [8, 7, 6, 5, 4, 3])
	assert.deepEqual(await idsOf(ready, { from_me: true }), [])
})

test('the newest messages of a thousand chats are read without reading all chats', async () => {
	const { ready, reads } = await openChats(Array.from({ length: 1_000 }, (_, n) => [n + 1]))
	const newest: string[] = []
	for await (const { message_id } of keptOfAllChats(ready, {}, { otherName })) {
		newest.push(message_id)
		if (newest.length === 5) break
	}
	assert.deepEqual(newest, ['1000', '999', '998', '997', '996'])
	assert.ok(reads() < 100, `${reads()} reads`)
})
