import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bubble } from '../../../../gateway/src/sandbox/view/bubble.ts'
import {
	bubblesIn,
	chatList,
	chatWith,
	emptyPhone,
	reducePhone,
	type PhoneNews,
	type PhoneState,
} from '../../../../gateway/web/phone/state.ts'

const bubble = (seq: number, fields: Partial<Bubble> = {}): Bubble => ({
	...{ id: `M${seq}`, seq, chat: 'C', mine: false, author: { id: 'A', name: 'Anna' }, at: 1 },
	content: { kind: 'text', text: `${seq}` },
	reactions: [],
	...fields,
})
const set = (...bubbles: Bubble[]) =>
	Object.fromEntries(bubbles.map((each) => [`bubble/${each.seq}`, each]))
const after = (...news: PhoneNews[]): PhoneState => news.reduce(reducePhone, emptyPhone)
const snapshot = (...bubbles: Bubble[]): PhoneNews => ({
	...{ type: 'snapshot', gone: [], more: [] },
	set: set(...bubbles),
})
const seqs = (state: PhoneState) => bubblesIn(state, 'C').map(({ seq }) => seq)

test('bubbles are in the order of arrival, whatever the order of the news', () => {
	const state = after(snapshot(bubble(10), bubble(9)), {
		...{ type: 'change', gone: [] },
		set: set(bubble(11)),
	})
	assert.deepEqual(seqs(state), [9, 10, 11])
})

test('hearing a change twice does no harm', () => {
	const change: PhoneNews = { type: 'change', gone: [], set: set(bubble(2)) }
	const once = after(snapshot(bubble(1)), change)
	assert.deepEqual(reducePhone(once, change), once)
})

test('a snapshot has everything: what it does not name is gone', () => {
	const state = after(snapshot(bubble(1)), snapshot(bubble(2)))
	assert.deepEqual(seqs(state), [2])
	const without = reducePhone(state, { type: 'change', set: {}, gone: ['bubble/2'] })
	assert.deepEqual(seqs(without), [])
})

test('older bubbles join those that are there', () => {
	const more: PhoneNews = { ...snapshot(bubble(5)), more: ['C'] } as PhoneNews
	const state = after(more, {
		type: 'older',
		chat: 'C',
		bubbles: [bubble(3), bubble(4)],
		more: false,
	})
	assert.deepEqual(seqs(state), [3, 4, 5])
	assert.deepEqual(state.more, [])
})

const pending = { id: 'X', chat: 'C', text: 'hi', at: 1 }

test('what was written waits until news with its id replaces it', () => {
	const waiting = after(snapshot(), { type: 'writes', pending })
	assert.deepEqual(waiting.pending, [pending])
	const failed = reducePhone(waiting, { type: 'unsent', id: 'X', why: 'no' })
	assert.equal(failed.pending[0]?.why, 'no')
	const change = (told: Bubble): PhoneNews => ({ type: 'change', gone: [], set: set(told) })
	const theirs = change(bubble(1, { id: 'X' }))
	assert.equal(reducePhone(waiting, theirs).pending.length, 1)
	const mine = change(bubble(1, { id: 'X', mine: true }))
	const shown = reducePhone(waiting, mine)
	assert.deepEqual(shown.pending, [])
	// The news may be faster than the page.
	assert.deepEqual(reducePhone(shown, { type: 'writes', pending }).pending, [])
	assert.deepEqual(reducePhone(waiting, { type: 'forgets', id: 'X' }).pending, [])
})

test('a person is a chat before anybody has written', () => {
	const person = { phone: '49', name: 'Ben', avatar: null, linked_devices: 1 }
	const state = after({ type: 'people', people: [person as never] })
	assert.equal(state.knowsPeople, true)
	assert.equal(chatWith(state, '49@s.whatsapp.net')?.name, 'Ben')
	assert.equal(chatWith(state, '50@s.whatsapp.net'), undefined)
})

test('the chat that was written in last is first', () => {
	const chats = { 'chat/a': { id: 'a', seq: 1 }, 'chat/b': { id: 'b', seq: 2 } }
	const state = after({ type: 'snapshot', set: chats, gone: [], more: [] })
	assert.deepEqual(
		chatList(state).map(({ id }) => id),
		['b', 'a'],
	)
})

test('another person begins with nothing of the one before', () => {
	const state = after(snapshot(bubble(1)), { type: 'person', person: '49' })
	assert.deepEqual([seqs(state), state.isLoaded, state.person], [[], false, '49'])
})
