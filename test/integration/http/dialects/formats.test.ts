import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { webhookFormatNames } from '../../../../gateway/src/http/webhook-formats.ts'
import { openReceiver, type Post } from '../../../support/delivery/receiver.ts'
import { addHook, HOOKS } from '../../../support/delivery/world.ts'
import { ADMIN_KEY, openGateway, temporaryDirectory } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'
import { openDialects, WORKSPACE } from './support/gateway.ts'
import { SECRET, told } from './support/told-texts.ts'

test('every system that has webhooks has a format', () => {
	assert.deepEqual(webhookFormatNames, ['native', ...Object.keys(told)])
})

test('webhooks in the form of other systems', async (t) => {
	const schedule = { waits: [0, 5, 5, 5, 5] }
	const { gateway, budi, ask, keys, budiWrites } = await openDialects(t, {
		delivery: { schedule },
	})
	const asAdmin = { 'x-api-key': keys.admin }

	for (const [format, { body, check }] of Object.entries(told)) {
		await t.test(
			`28, 29: ${format} is told a message by its names, and signed as it signs`,
			async () => {
				let refusals = 2
				const receiver = await openReceiver(t, () => (refusals-- > 0 ? 500 : 204))
				const hook = await addHook(gateway, receiver.url, { format, secret: SECRET })
				const id = await budiWrites('Halo!')
				await until('it is taken at the third attempt', () => receiver.posts.length === 3)
				for (const post of receiver.posts) {
					assert.partialDeepStrictEqual(post.event, body(id))
					check(post)
					new Webhook(SECRET, { format: 'raw' }).verify(post.raw, post.headers as any)
				}
				assert.equal(new Set(receiver.posts.map(({ raw }) => raw)).size, 1, 'the same bytes')
				assert.equal(new Set(receiver.ids()).size, 1, 'the same id')
				await hook.drained()

				const { body: tried } = await gateway.request('POST', `${hook.path}/test`)
				assert.equal(tried.taken, true)
				assert.equal(receiver.posts.at(-1)!.event.event, 'webhook.test')

				assert.deepEqual(await hook.replay({ event_ids: [receiver.ids()[0]] }), { replayed: 1 })
				await until('it is told again', () => receiver.posts.length === 5)
				assert.equal(receiver.posts[4]!.raw, receiver.posts[0]!.raw, 'the same bytes from the log')
				await gateway.request('DELETE', hook.path)
			},
		)
	}

	await t.test('what is given up is told in the same bytes when it is replayed', async () => {
		const receiver = await openReceiver(t, () => 500)
		const hook = await addHook(gateway, receiver.url, { format: 'wawp' })
		await budiWrites('bad')
		const dead = await until(
			'it is given up',
			async () => (await hook.deliveries('dead')).deliveries[0],
		)
		assert.equal(dead.type, 'message.received')
		receiver.behaviour = () => 204
		assert.equal(receiver.posts.length, 5)
		assert.deepEqual(await hook.replay({ state: 'dead' }), { replayed: 1 })
		await hook.drained()
		assert.equal(receiver.posts.length, 6)
		assert.equal(new Set(receiver.posts.map(({ raw }) => raw)).size, 1)
		await gateway.request('DELETE', hook.path)
	})

	await t.test(
		'what a system has no name for is not delivered, and a change of format changes that',
		async () => {
			const receiver = await openReceiver(t)
			const hook = await addHook(gateway, receiver.url, { format: 'wasphere', events: ['*'] })
			const id = await budiWrites('one')
			await budi.reacts(id, '👍')
			await budiWrites('two')
			await until('both are told', () => receiver.posts.length === 2)
			await hook.drained()
			assert.deepEqual(names(receiver.posts), ['message.received', 'message.received'])

			const changed = await hook.change({ format: 'native' })
			assert.equal(changed.body.format, 'native')
			await budi.reacts(id, '❤')
			const { event } = await receiver.gets(({ event }) => event.type === 'message.reaction')
			assert.equal(event.data.emoji, '❤')
			assert.equal((await hook.change({ format: 'wafastapi' })).body.format, 'wafastapi')
			await budi.reacts(id, '😀')
			await receiver.gets(({ event }) => event.data?.reaction === '😀')
			await gateway.request('DELETE', hook.path)
		},
	)

	await t.test('an unknown format is refused, and in our own the secret is ours', async () => {
		const url = 'http://127.0.0.1:9/'
		for (const [body, field] of [
			[{ url, format: 'wask' }, 'format'],
			[{ url, secret: SECRET }, 'secret'],
			[{ url, secret: SECRET, format: 'native' }, 'secret'],
		] as const) {
			const refused = await gateway.request('POST', HOOKS, body)
			assert.deepEqual([refused.status, refused.body.field], [400, field])
		}
	})

	await t.test('Wawp’s address has the webhooks of a session as one list', async () => {
		const receiver = await openReceiver(t)
		const path = '/v2/session/webhook'
		const who = { instance_id: 'main', access_token: keys.session }
		const set = (webhooks: unknown) => ask({ path, body: { ...who, webhooks } })
		const list = async () =>
			(await ask({ method: 'GET', path: `${path}?${new URLSearchParams(who)}` })).body.webhooks
		assert.deepEqual(await list(), [])

		const { url } = receiver
		const made = await set([{ url, events: ['message'], is_active: true }])
		const { secret } = made.body.webhooks[0]
		assert.deepEqual(made.body, {
			webhooks: [{ url, events: ['message'], is_active: true, secret }],
		})
		assert.deepEqual(await list(), [{ url, events: ['message'], is_active: true }])
		const id = await budiWrites('to Wawp')
		await budi.reacts(id, '👍')
		await budiWrites('and again')
		await until('both are told', () => names(receiver.posts).length === 2)
		assert.deepEqual(names(receiver.posts), ['message', 'message'])
		const [{ raw, headers }] = receiver.posts as [Post]
		const signed = createHmac('sha256', secret).update(raw).digest('hex')
		assert.equal(headers['x-wawp-signature'], signed)

		const other = 'http://127.0.0.1:9/other'
		const changed = await set([{ url, is_active: false }, { url: other }])
		assert.deepEqual(
			changed.body.webhooks.map(({ url, is_active }: any) => [url, is_active]),
			[
				[url, false],
				[other, true],
			],
		)
		assert.ok(!('secret' in changed.body.webhooks[0]))
		assert.deepEqual((await set([])).body, { webhooks: [] })

		const refused = await set([{ url, events: ['engine.event'] }])
		assert.deepEqual([refused.status, refused.body.data], [400, { status: 400 }])
		const unknown = await ask({ path, body: { ...who, access_token: 'x', webhooks: [] } })
		assert.equal(unknown.status, 401)
		const metadata = await set([{ url: 'http://169.254.169.254/' }])
		assert.equal(metadata.body.code, 'webhook_target_refused')
	})

	await t.test('WaFastApi’s address sets the one webhook of a session', async () => {
		const receiver = await openReceiver(t)
		const headers = { 'x-api-key': keys.session }
		const set = (webhookUrl: unknown) =>
			ask({ path: '/api/session/main/set-webhook', headers, body: { webhookUrl } })
		const made = await set(receiver.url)
		const { secret, ...rest } = made.body
		assert.deepEqual(rest, { success: true, message: 'Webhook set' })
		await budiWrites('to WaFastApi')
		const { raw, ...post } = await receiver.gets()
		const signed = createHmac('sha256', secret).update(raw).digest('hex')
		assert.equal(post.headers['x-webhook-signature'], signed)
		assert.equal(post.event.data.message, 'to WaFastApi')

		const next = await openReceiver(t)
		assert.deepEqual((await set(next.url)).body, { success: true, message: 'Webhook set' })
		await budiWrites('to another place')
		assert.equal((await next.gets()).event.data.message, 'to another place')
		assert.equal(receiver.posts.length, 1)
		const all = await gateway.request('GET', HOOKS)
		assert.deepEqual(
			all.body.webhooks.map(({ url, format }: any) => [url, format]),
			[[next.url, 'wafastapi']],
		)
		assert.deepEqual((await set('')).body, { success: true, message: 'Webhook removed' })
		assert.equal((await gateway.request('GET', HOOKS)).body.total, 0)
		const refused = await set('not a URL')
		assert.equal(refused.status, 400)
		assert.match(refused.body.error, /webhookUrl/)
	})

	await t.test('WaSphere’s webhooks are told of every session of a workspace', async () => {
		const receiver = await openReceiver(t)
		const headers = { authorization: `Bearer ${keys.workspace}` }
		const path = `/workspaces/${WORKSPACE}/webhooks`
		const call = (method: string, path: string, body?: object) =>
			ask({ method, path, headers, body })
		const url = receiver.url
		const made = await call('POST', path, { name: 'n8n', url, events: ['message.received'] })
		const { signingSecret, ...shown } = made.body
		assert.partialDeepStrictEqual(shown, {
			name: 'n8n',
			url,
			events: ['message.received'],
			isActive: true,
		})
		assert.deepEqual((await call('GET', path)).body, [shown])
		const one = `${path}/${shown.id}`
		assert.deepEqual((await call('GET', one)).body, shown)

		await budiWrites('to the workspace')
		const { raw, ...post } = await receiver.gets()
		assert.equal(post.event.data.content.text, 'to the workspace')
		const seconds = post.headers['x-wasphere-timestamp']
		const signed = createHmac('sha256', signingSecret).update(`${seconds}.${raw}`).digest('hex')
		assert.equal(post.headers['x-wasphere-signature'], `v1,sha256=${signed}`)
		const tried = await call('POST', `${one}/test`)
		assert.deepEqual(tried.body, { success: true, statusCode: 204, error: null })

		// Sessions that are made later are told of as well, from the first event.
		const changed = await call('PATCH', one, { events: ['*'] })
		assert.deepEqual(changed.body, { ...shown, events: ['*'] })
		const later = `/workspaces/${WORKSPACE}/proxy/api/sessions`
		assert.equal((await call('POST', later, { id: 'later' })).status, 200)
		const qr = await receiver.gets(({ event }) => event.event === 'session.qr')
		assert.equal(qr.event.sessionId, 'later')

		const paused = await call('PATCH', one, { isActive: false })
		assert.equal(paused.body.isActive, false)
		for (const session of ['main', 'later']) {
			const { body } = await gateway.request('GET', `/api/v1/sessions/${session}/webhooks`)
			assert.deepEqual(
				body.webhooks.map(({ id, disabled_at }: any) => [id, disabled_at !== null]),
				[[shown.id, true]],
			)
		}
		assert.deepEqual((await call('DELETE', one)).body, { success: true })
		assert.equal((await gateway.request('GET', HOOKS)).body.total, 0)
		assert.equal((await call('DELETE', one)).status, 404)

		const wrong = await call('POST', path, { url, events: ['message.seen'] })
		assert.deepEqual([wrong.status, wrong.body.code], [400, 'invalid_request'])
		const stranger = { authorization: `Bearer ${keys.session}` }
		assert.equal((await ask({ method: 'GET', path, headers: stranger })).status, 403)
		await gateway.request('DELETE', '/api/v1/sessions/later')
	})

	await t.test(
		'WA-RS makes a session with its webhook, and lists and removes webhooks',
		async () => {
			const receiver = await openReceiver(t)
			const webhook = { url: receiver.url, events: ['session.*'], secret: SECRET, format: 'wa-rs' }
			const headers = { authorization: `Bearer ${keys.admin}`, 'content-type': 'application/json' }
			const made = await gateway.request(
				'POST',
				'/api/v1/sessions',
				{ id: 'second', name: 'Second', webhook },
				headers,
			)
			assert.equal(made.status, 201, made.text)
			const { event, ...post } = await receiver.gets(({ event }) => event.event === 'qr_code')
			assert.equal(event.session_id, 'second')
			assert.equal(typeof event.data.code, 'string')
			told['wa-rs']!.check({ event, ...post })
			const hooks = '/api/v1/sessions/second/webhooks'
			const { body } = await gateway.request('GET', hooks, undefined, asAdmin)
			assert.deepEqual([body.total, body.webhooks[0].format], [1, 'wa-rs'])
			const removed = await gateway.request('DELETE', `${hooks}/${body.webhooks[0].id}`)
			assert.equal(removed.status, 204)
		},
	)
})

test('a session that misses a webhook of its workspace has it after the next start', async (t) => {
	const dataDir = await temporaryDirectory(t)
	const first = await openGateway(t, { dataDir })
	await first.request('POST', '/api/v1/sessions', { id: 'main', workspace: WORKSPACE })
	const asAdmin = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' }
	const wanted = { url: 'http://127.0.0.1:9/', events: ['*'] }
	const made = await first.request('POST', `/workspaces/${WORKSPACE}/webhooks`, wanted, asAdmin)
	const { id } = made.body
	await first.request('DELETE', `${HOOKS}/${id}`)
	assert.equal((await first.request('GET', HOOKS)).body.total, 0)
	await first.stop()

	const second = await openGateway(t, { dataDir })
	second.start()
	await until('it is there', async () => {
		const { body } = await second.request('GET', HOOKS)
		return body.webhooks[0]?.id === id && body.webhooks[0].format === 'wasphere'
	})
})

const names = (posts: Post[]) => posts.map(({ event }) => event.event ?? event.type)

test("a webhook of WA-RS asks for events by WA-RS' names", async (t) => {
	const { gateway, budiWrites, ask, keys } = await openDialects(t)
	const receiver = await openReceiver(t)
	const wanted = { format: 'wa-rs', secret: SECRET }
	const hook = await addHook(gateway, receiver.url, { ...wanted, events: ['message', 'connected'] })
	await addHook(gateway, receiver.url, { ...wanted, events: ['receipt'] })
	await budiWrites('Halo!')
	await hook.drained()
	assert.deepEqual(
		receiver.posts.map(({ event }) => event.event),
		['message'],
	)
	const body = { id: 'made', webhook: { url: receiver.url, ...wanted, events: ['all'] } }
	const headers = { 'x-api-key': keys.admin }
	assert.equal((await ask({ path: '/api/v1/sessions', headers, body })).status, 201)
	const unknown = { url: receiver.url, ...wanted, events: ['message', 'picture_update'] }
	assert.equal((await ask({ path: HOOKS, headers, body: unknown })).status, 400)
})
