import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openChats } from '../../../../gateway/src/session/state/chats.ts'
import { memoryState } from '../../../../gateway/src/storage/memory.ts'

const CHAT = '4917000000001@s.whatsapp.net'
const DAY_S = 86_400

/** A chat of so many messages, one in a second, and how many records are read from its state. */
async function openChat(count: number, history = 0) {
	const state = memoryState([])
	let read = 0
	const counted: typeof state = {
		...state,
		get(collection, ids) {
			read += ids.length
			return state.get(collection, ids)
		},
	}
	const open = () => openChats(counted, () => undefined, 8)
	const chats = await open()
	const message = { to: CHAT, type: 'text', from_me: false }
	for (let n = 0; n < count; n++)
		await state.commit(
			chats.note({ ...message, message_id: `M${n}`, at: DAY_S + n, isHistory: false }),
		)
	for (let n = 1; n <= history; n++)
		await state.commit(
			chats.note({ ...message, message_id: `H${n}`, at: DAY_S - n, isHistory: true }),
		)
	return {
		chats,
		open,
		state,
		readsOf: async (act: () => Promise<unknown>) => ((read = 0), await act(), read),
	}
}

test('a page costs the same in a chat of 100,000 messages as in one of 1,000, wherever it is', async () => {
	const [small, big] = [await openChat(1_000), await openChat(100_000)]
	for (const [filter, most] of [
		[{ limit: 50 }, 300],
		[{ limit: 50, before: 500 }, 300],
		[{ limit: 50, until: DAY_S + 700 }, 400],
	] as const) {
		const few = await small.readsOf(() => small.chats.page(CHAT, filter))
		const many = await big.readsOf(() => big.chats.page(CHAT, filter))
		assert.ok(many <= most, `${many} reads`)
		// The second part of a day is looked up as well, and seven more steps find a time.
		assert.ok(many <= 3 * few, `${many} reads, and ${few} of few`)
	}
	const { entries } = await big.chats.page(CHAT, { limit: 2, until: DAY_S + 70_000 })
	assert.deepEqual(
		entries.map(({ message_id }) => message_id),
		['M70000', 'M69999'],
	)
})

test('the history stands before what came by itself, and pages go on over both', async () => {
	const { open } = await openChat(120, 250)
	const chats = await open()
	const all: string[] = []
	for (let before: number | undefined; ;) {
		const { entries, next } = await chats.page(CHAT, { limit: 70, before })
		all.push(...entries.map(({ message_id }) => message_id))
		if (next === undefined) break
		before = next
	}
	assert.equal(all.length, 370)
	assert.deepEqual([all[0], all[119], all[120], all[369]], ['M119', 'M0', 'H1', 'H250'])
})

test('what was dropped is a gap, and older history after it is found', async () => {
	const { chats, state } = await openChat(300, 400)
	const [collection] = (await state.collections('chat-message/')).keys()
	// The oldest of what came by itself, and the history that was told first.
	const gone = [...Array(200).keys(), ...Array.from({ length: 150 }, (_, n) => -1 - n)]
	await state.commit(
		gone.map((n) => ({ collection: collection!, id: `${CHAT} ${n}`, value: null })),
	)
	const { entries } = await chats.page(CHAT, { limit: 500 })
	const ids = entries.map(({ message_id }) => message_id)
	assert.deepEqual([ids.length, ids[99], ids[100], ids.at(-1)], [350, 'M200', 'H151', 'H400'])
})

test('a chat that is only known by the time of its last message goes on', async () => {
	const at = '2026-11-20T10:00:00.000Z'
	const chats = await openChats(
		memoryState([{ collection: 'chat', id: CHAT, value: at }]),
		() => undefined,
		8,
	)
	assert.equal(chats.of(CHAT)?.at, at)
	assert.deepEqual((await chats.page(CHAT, { limit: 5 })).entries, [])
})
