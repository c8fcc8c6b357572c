import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'
import { listen, openStream, readStream } from '../../support/delivery/listener.ts'
import { message } from '../../support/delivery/seed.ts'
import { seededGateway } from '../../support/delivery/world.ts'

test('a stream shows events as they happen, and a client that reconnects misses none', async (t) => {
	const { gateway, ada, owner } = await linkedGateway(t)
	const port = await listen(t, gateway)
	const first = await readStream(port, '?types=message.*')
	assert.deepEqual([first.status, first.type], [200, 'text/event-stream'])
	await ada.says('one', { to: owner })
	await first.gets('one')
	first.close()
	const all = await readStream(port, '?after=0')
	await ada.says('two', { to: owner })
	await ada.says('three', { to: owner })
	await all.gets('three')
	const back = await readStream(port, '?types=message.received', { 'last-event-id': first.lastId })
	await back.gets('three')
	await ada.says('four', { to: owner })
	await back.gets('four')
	assert.deepEqual(back.texts(), ['two', 'three', 'four'])
	await all.gets('four')
	assert.deepEqual(
		all.events.map(({ seq }) => seq),
		all.events.map((_, n) => n + 1),
	)
	assert.equal(all.lastId, String(all.events.length))
})

test('a quiet stream sends heartbeats with the number up to which it has read', async (t) => {
	const { gateway, begin } = await seededGateway(t, 1, 3, { delivery: { heartbeatMs: 20 } })
	const port = await listen(t, gateway)
	const stream = await readStream(port, '?after=0&types=session.qr')
	await until('heartbeats arrive', () => stream.comments > 2)
	assert.equal(stream.lastId, String(begin + 3))
	assert.equal(stream.events.length, 0)
})

test('a stream ends with the gateway, and needs a key', async (t) => {
	const { gateway } = await seededGateway(t, 1, 1)
	const port = await listen(t, gateway)
	const stream = await readStream(port)
	await gateway.stop()
	await until('it ends', () => stream.ended)
	const refused = await openStream(port, '', { 'x-api-key': 'wrong' })
	assert.equal(refused.statusCode, 401)
	refused.destroy()
})

test('events that a slow client does not read stay in the event log', async (t) => {
	const { gateway } = await seededGateway(t, 1, 0)
	const session = gateway.sessions.get('main')
	const { events, commit } = await session.journal()
	const text = 'x'.repeat(4000)
	const commits = Array.from({ length: 8000 }, () =>
		commit(events.record(message(1, text)).changes),
	)
	await Promise.all(commits)
	let pages = 0
	const read = session.events
	session.events = (...args) => {
		pages++
		return read(...args)
	}
	const port = await listen(t, gateway)
	const stream = await openStream(port, '?after=0')
	let [before, looks] = [0, 0]
	await until('no more is read', () => {
		looks = pages > 0 && pages === before ? looks + 1 : 0
		before = pages
		return looks === 20
	})
	assert.ok(pages < 60, `${pages} of 80 pages were read for a client that reads none`)
	let [taken, rest] = [0, '']
	for await (const chunk of stream) {
		// A chunk may end in the middle of a mark.
		const parts = `${rest}${chunk.toString()}`.split('\ndata: ')
		taken += parts.length - 1
		rest = parts.at(-1)!.slice(-6)
		if (taken >= 8000) break
	}
	assert.ok(pages >= 80)
})
