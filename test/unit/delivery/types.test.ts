import assert from 'node:assert/strict'
import { test } from 'node:test'
import { typeTest } from '../../../gateway/src/delivery/registry/filter.ts'

test('large feeds are told only where they are asked for by name', () => {
	const wanted = (...events: string[]) => {
		const isWanted = typeTest(events)
		const types = ['message.received', 'message.outgoing', 'history.chats', 'session.qr']
		return types.filter((type) => isWanted(type))
	}
	assert.deepEqual(wanted('*'), ['message.received', 'session.qr'])
	assert.deepEqual(wanted('message.*'), ['message.received'])
	assert.deepEqual(wanted('message.outgoing'), ['message.outgoing'])
	assert.deepEqual(wanted('*', 'message.outgoing', 'history.*'), [
		'message.received',
		'message.outgoing',
		'history.chats',
		'session.qr',
	])
})
