import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GatewayEvent } from '../../../../gateway/src/events/index.ts'
import { filterLines, noFilter } from '../../../../gateway/web/pages/events/filter.ts'
import { linesOf, reachedBy } from '../../../../gateway/web/pages/events/lines.ts'

const ada = { id: '49@s.whatsapp.net', phone: '49', lid: null, name: 'Ada' }

function event(seq: number, type: string, data: object, session = 'main'): GatewayEvent {
	const timestamp = new Date(seq * 1000).toISOString()
	return { id: `evt_${seq}`, seq, type, session, timestamp, data } as GatewayEvent
}

const status = (seq: number, message_id: string, status: string, session?: string) =>
	event(seq, 'message.status', { message_id, status, chat: ada, by: null }, session)

const received = (seq: number, text: string) =>
	event(seq, 'message.received', { message_id: `R${seq}`, text, sender: ada, chat: ada })

const keys = (lines: ReturnType<typeof linesOf>) =>
	lines.map(({ events }) => events.map(({ seq }) => seq))

test('the steps of an own message are one line, where it was sent', () => {
	const lines = linesOf([
		status(6, 'A', 'read'),
		received(5, 'Thank you!'),
		status(4, 'B', 'sent'),
		status(3, 'A', 'delivered'),
		received(2, 'Hello'),
		status(1, 'A', 'sent'),
	])
	assert.deepEqual(keys(lines), [[5], [4], [2], [6, 3, 1]])
	assert.deepEqual(
		reachedBy(lines.at(-1)!).map(({ status }) => status),
		['sent', 'delivered', 'read'],
	)
	assert.deepEqual(reachedBy(lines[0]!), [])
})

test('a message that another device sent is one line with its steps', () => {
	const sent = event(1, 'message.sent', { message_id: 'A', text: 'From the phone', chat: ada })
	assert.deepEqual(keys(linesOf([status(2, 'A', 'delivered'), sent])), [[2, 1]])
})

test('messages of two numbers with the same id are two lines', () => {
	assert.deepEqual(keys(linesOf([status(2, 'A', 'sent', 'other'), status(1, 'A', 'sent')])), [
		[2],
		[1],
	])
})

test('in a group a step is counted for each member', () => {
	const [line] = linesOf([
		status(4, 'A', 'delivered'),
		status(3, 'A', 'delivered'),
		status(2, 'A', 'sent'),
	])
	assert.deepEqual(reachedBy(line!), [
		{ status: 'sent', times: 1 },
		{ status: 'delivered', times: 2 },
	])
})

test('a line is found by each of its steps, and shown whole', () => {
	const lines = linesOf([status(3, 'A', 'read'), received(2, 'Hello'), status(1, 'A', 'sent')])
	assert.deepEqual(keys(filterLines(lines, { ...noFilter, text: 'is read' })), [[3, 1]])
	assert.deepEqual(keys(filterLines(lines, { ...noFilter, type: 'message.status' })), [[3, 1]])
	assert.deepEqual(keys(filterLines(lines, { ...noFilter, type: 'message.received' })), [[2]])
	assert.deepEqual(filterLines(lines, { ...noFilter, session: 'other' }), [])
})
