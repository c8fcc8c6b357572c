import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADMIN_KEY } from '../../../../support/gateway/gateway.ts'
import { until } from '../../../../support/wait.ts'
import { openDialects } from '../support/gateway.ts'

test('Evolution: instances come, are linked, and go', async (t) => {
	const { ask, keys, gateway, sandbox } = await openDialects(t)
	const as = (apikey: string) => (method: string, path: string, body?: object) =>
		ask({ method, path, headers: { apikey }, ...(body && { body }) })
	const admin = as(ADMIN_KEY)

	await t.test(
		'one is created with its settings and webhook, and its token opens it alone',
		async () => {
			const token = 'TOKEN-OF-THE-SHOP-1'
			const { status, body } = await admin('POST', '/instance/create', {
				instanceName: 'shop',
				token,
				rejectCall: true,
				msgCall: 'Please write',
				groupsIgnore: true,
				alwaysOnline: true,
				readMessages: true,
				readStatus: true,
				webhook: { url: 'http://127.0.0.1:9/hook', byEvents: true, events: ['MESSAGES_UPSERT'] },
			})
			assert.equal(status, 201)
			assert.equal(body.hash, token)
			assert.equal(body.instance.status, 'close')
			const session = gateway.sessions.get('shop')
			assert.deepEqual(session.settings().calls, {
				reject: true,
				groups: true,
				message: 'Please write',
			})
			assert.partialDeepStrictEqual(session.settings(), {
				ignore: { groups: true, status: false },
				presence: 'available',
				read_messages: 'all',
			})
			const own = as(token)
			assert.equal(
				(await own('GET', '/instance/connectionState/shop')).body.instance.state,
				'close',
			)
			assert.equal((await own('GET', '/instance/connectionState/main')).status, 404)
			assert.equal((await own('POST', '/instance/create', { instanceName: 'x' })).status, 401)
			const { body: settings } = await own('GET', '/settings/find/shop')
			assert.partialDeepStrictEqual(settings, {
				rejectCall: true,
				readStatus: true,
				wavoipToken: '',
			})
		},
	)

	await t.test('what is wrong with a new one is said, and nothing is left of it', async () => {
		const cases: [body: object, status: number, message: RegExp][] = [
			[{ instanceName: 'shop' }, 403, /already in use/],
			[{}, 400, /instanceName/],
			[{ instanceName: '.' }, 400, /instanceName/],
			[{ instanceName: '..' }, 400, /instanceName/],
			[{ instanceName: ' ' }, 400, /instanceName/],
			[{ instanceName: 'a\u0000b' }, 400, /instanceName/],
			[{ instanceName: 'a\nb' }, 400, /instanceName/],
			[{ instanceName: 'a\ud800' }, 400, /instanceName/],
			[{ instanceName: 'a', integration: 'OTHER' }, 400, /Invalid integration/],
			[{ instanceName: 'a', integration: 'WHATSAPP-BUSINESS' }, 501, /WHATSAPP-BUSINESS/],
			[{ instanceName: 'a', chatwootAccountId: '1' }, 501, /Chatwoot/],
			[{ instanceName: 'a', rabbitmq: { enabled: true, events: [] } }, 501, /rabbitmq/],
			[{ instanceName: 'a', websocket: { events: ['CALL'] } }, 501, /websocket/],
			[{ instanceName: 'a', sqs: { enabled: 'true' } }, 501, /sqs/],
			[{ instanceName: 'a', token: 'short' }, 400, /16 to/],
			[{ instanceName: 'a', token: 'TOKEN-OF-THE-SHOP-1' }, 403, /cannot be used/],
			[{ instanceName: 'a', webhook: { url: 'no address' } }, 400, /webhook.url/],
			[{ instanceName: 'a', proxyHost: '127.0.0.1', proxyPort: '9' }, 400, /proxy/i],
			[{ instanceName: 'a', proxyHost: 'x', proxyUsername: '\ud800' }, 400, /proxy/i],
		]
		for (const [body, status, message] of cases) {
			const answer = await admin('POST', '/instance/create', body)
			assert.equal(answer.status, status, `${JSON.stringify(body)}: ${answer.text}`)
			assert.match(JSON.stringify(answer.body.response.message), message)
		}
		assert.equal(gateway.sessions.find('a'), undefined)
	})

	await t.test('queues that are named and off ask for nothing', async () => {
		const off = { rabbitmq: { enabled: false, events: ['CALL'] }, sqs: {}, nats: null }
		const answer = await admin('POST', '/instance/create', { instanceName: 'off', ...off })
		assert.equal(answer.status, 201, answer.text)
	})

	await t.test('a webhook may be given in each spelling', async () => {
		const url = 'http://127.0.0.1:9/hook'
		for (const [n, given] of [
			{ webhookUrl: url, webhookByEvents: true, webhookBase64: true, webhookEvents: ['CALL'] },
			{ webhook: { url, webhookByEvents: true, webhookBase64: true, events: ['CALL'] } },
		].entries()) {
			const { body } = await admin('POST', '/instance/create', {
				instanceName: `hook-${n}`,
				...given,
			})
			assert.deepEqual(body.webhook, {
				...{ webhookUrl: url, webhookByEvents: true, webhookBase64: true },
			})
		}
	})

	await t.test('a name that is no id of ours is found by the name', async () => {
		const name = 'Loja São Paulo'
		const { body } = await admin('POST', '/instance/create', { instanceName: name })
		assert.equal(body.instance.instanceName, name)
		const path = `/instance/fetchInstances?instanceName=${encodeURIComponent(name)}`
		const { body: found } = await admin('GET', path)
		assert.deepEqual(
			found.map((one: { name: string }) => one.name),
			[name],
		)
		assert.equal(
			(await admin('DELETE', `/instance/delete/${encodeURIComponent(name)}`)).status,
			200,
		)
	})

	await t.test('its QR code links a phone, and a pairing code is given for a number', async () => {
		const { body } = await admin('GET', '/instance/connect/shop')
		assert.match(body.base64, /^data:image\/png;base64,/)
		const paired = await admin('GET', '/instance/connect/shop?number=491700000077')
		assert.match(paired.body.pairingCode, /^[A-Z0-9]{8}$/)
		const { body: again } = await admin('GET', '/instance/connect/shop')
		sandbox.phone('491700000088', { name: 'Shop' }).scans(again.code)
		await until('the instance is open', async () => {
			const { body: state } = await admin('GET', '/instance/connectionState/shop')
			return state.instance.state === 'open'
		})
		const [row] = (await admin('GET', '/instance/fetchInstances?number=491700000088')).body
		assert.partialDeepStrictEqual(row, {
			name: 'shop',
			connectionStatus: 'open',
			ownerJid: '491700000088@s.whatsapp.net',
			token: null,
		})
	})

	await t.test('presence, restart, logout and deletion answer as there', async () => {
		// The phone tells the account's name soon after it is linked; without it WhatsApp takes no presence.
		const shown = await until('presence is shown', async () => {
			const answer = await admin('POST', '/instance/setPresence/shop', { presence: 'unavailable' })
			return answer.status === 201 && answer
		})
		assert.deepEqual([shown.status, shown.body], [201, { presence: 'unavailable' }])
		for (const method of ['POST', 'PUT'])
			assert.equal((await admin(method, '/instance/restart/shop')).status, 200)
		await gateway.becomes('shop', 'open')
		const out = await admin('DELETE', '/instance/logout/shop')
		assert.partialDeepStrictEqual(out.body, { status: 'SUCCESS', error: false })
		const closed = await admin('DELETE', '/instance/logout/shop')
		assert.equal(closed.status, 400)
		const restarted = await admin('POST', '/instance/restart/shop')
		assert.partialDeepStrictEqual(restarted.body, { error: true })
		assert.equal((await admin('DELETE', '/instance/delete/shop')).status, 200)
		assert.equal((await as('TOKEN-OF-THE-SHOP-1')('GET', '/instance/fetchInstances')).status, 401)
		assert.equal((await admin('GET', '/instance/fetchInstances?instanceName=shop')).status, 404)
	})

	await t.test('the token of an instance may delete it, and no other', async () => {
		const own = as(keys.session)
		await admin('POST', '/instance/create', { instanceName: 'other' })
		assert.equal((await own('DELETE', '/instance/delete/other')).status, 404)
		assert.equal((await own('DELETE', '/instance/delete/main')).status, 200)
	})
})
