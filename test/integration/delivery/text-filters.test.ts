import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { jsonStorage } from '../../../gateway/src/storage/json/index.ts'
import { openGateway, temporaryDirectory } from '../../support/gateway/gateway.ts'
import { message } from '../../support/delivery/seed.ts'
import { openReceiver } from '../../support/delivery/receiver.ts'
import { addHook, HOOKS, hookOf, seededGateway } from '../../support/delivery/world.ts'
import { impossiblePatterns } from '../../support/impossible-patterns.ts'
import { OVER_FILES } from '../../support/state-url.ts'

const almost = `${'a'.repeat(3000)}!`
const texts = ['', 'hello', 'Order 12', 'order x', 'ÄRGER', '😀', 'a\nb', almost]

const patterns: [pattern: string, found: string[]][] = [
	['^order \\d+$', ['Order 12']],
	['', texts],
	['^$', ['']],
	['^\\u00e4rger', ['ÄRGER']],
	['^\\p{L}+$', ['hello', 'ÄRGER']],
	['^.$', ['😀']],
	['(?-i:o)rder', ['order x']],
	['(?s:a.b)|(?m:^llo$)', ['a\nb']],
	['^(a+)+$', []],
	['^(a|aa)+$', []],
	['(.*a){20}c', []],
	['(x+x+)+y', []],
	['^(([a-z])+.)+[A-Z]([a-z])+$', ['hello']],
]

test('a webhook gets the events whose text its pattern matches, and no others', async (t) => {
	const { gateway, begin } = await seededGateway(t, 0, 0)
	const { events, commit } = await gateway.sessions.get('main').journal()
	for (const text of texts) await commit(events.record(message(1, text)).changes)
	const receiver = await openReceiver(t)
	for (const [row, [pattern, found]] of patterns.entries()) {
		const filter = pattern ? { text_matches: pattern } : {}
		const body = { from: begin, headers: { 'x-row': String(row) }, filter }
		await (await addHook(gateway, receiver.url, body)).drained()
		const own = receiver.posts.filter(({ headers }) => headers['x-row'] === String(row))
		assert.deepEqual(
			own.map(({ event }) => event.data.text),
			found,
			`/${pattern}/`,
		)
	}
})

for (const [pattern, why] of impossiblePatterns)
	test(`a webhook whose pattern is /${pattern}/ is refused with the reason`, async (t) => {
		const { gateway } = await seededGateway(t, 0, 0)
		const hook = await addHook(gateway, 'http://127.0.0.1:9/')
		const body = { url: 'http://127.0.0.1:9/', filter: { text_matches: pattern } }
		for (const { status, body: answer } of [
			await gateway.request('POST', HOOKS, body),
			await hook.change({ filter: body.filter }),
			await gateway.request('POST', '/api/v1/sessions', { id: 'other', webhook: body }),
		]) {
			assert.deepEqual([status, answer.code], [400, 'invalid_request'])
			assert.match(answer.field, /^(webhook\.)?filter\.text_matches$/)
			assert.match(answer.detail, why)
			assert.match(answer.detail, /without lookarounds and back references/)
		}
	})

test(
	'a webhook with a pattern of an earlier version is disabled until it gets another one',
	OVER_FILES,
	async (t) => {
		const dataDir = await temporaryDirectory(t)
		const first = await openGateway(t, { dataDir })
		await first.request('POST', '/api/v1/sessions', { id: 'main' })
		const filter = { text_matches: 'ab' }
		const { id } = await addHook(first, 'http://127.0.0.1:9/', { filter })
		const other = await addHook(first, 'http://127.0.0.1:9/')
		await first.stop()
		const storage = await jsonStorage(dataDir, { onLost: assert.fail })
		const document = await storage.document<any[]>('webhooks/main', () => [], z.any())
		await document.update(([saved]) => void (saved.filter.text_matches = 'a(?=b)'))
		await storage.close()

		const log: string[] = []
		const gateway = await openGateway(t, { dataDir, log })
		const hook = hookOf(gateway, id)
		assert.equal(typeof (await hook.state()).disabled_at, 'string')
		assert.equal((await hookOf(gateway, other.id).state()).disabled_at, null)
		assert.equal(log.filter((line) => line.includes('webhook disabled')).length, 1)
		const enabled = await hook.change({ disabled: false })
		assert.deepEqual([enabled.status, enabled.body.field], [400, 'filter.text_matches'])
		assert.equal((await hook.change({ raw: true })).status, 200)
		const mended = await hook.change({ disabled: false, filter: { text_matches: 'ab' } })
		assert.deepEqual([mended.status, mended.body.disabled_at], [200, null])
	},
)
