import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, describe, test } from 'node:test'
import type { BinaryNode } from '@whiskeysockets/baileys'
import { WebSocket } from 'ws'
import { startSandbox, type Phone } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { BaileysClient } from '../../support/baileys-client.ts'
import { until } from '../../support/wait.ts'
import { controlOf, type Control } from './support/control.ts'

const SHOP = '491700000001'
const AYSE = '905320000002'
const JID = `${AYSE}@s.whatsapp.net`

describe('a fault', () => {
	let sandbox: Sandbox
	let control: Control
	let shop: Phone
	let ayse: Phone
	let client: BaileysClient

	before(async () => {
		sandbox = await startSandbox({ servesControl: true })
		control = controlOf(sandbox)
		shop = sandbox.phone(SHOP, { name: 'Shop' })
		ayse = sandbox.phone(AYSE, { name: 'Ayşe' })
		client = await new BaileysClient(sandbox).link(shop)
	})
	after(async () => {
		await client.end()
		await sandbox.close()
	})

	async function cause(body: object, status = 200): Promise<string> {
		const answer = await control.post('/faults', body)
		const text = await answer.text()
		assert.equal(answer.status, status, text)
		return text
	}
	const ask = (xmlns: string, content: BinaryNode[], id?: string) =>
		client.socket.query({
			tag: 'iq',
			attrs: { to: '@s.whatsapp.net', type: 'get', xmlns, ...(id && { id }) },
			content,
		})
	const ping = () => ask('w:p', [{ tag: 'ping', attrs: {} }])
	const answers = (id: string) =>
		sandbox.whatsapp.log.list(
			({ direction, stanza: { tag, attrs } }) =>
				direction === 'out' && tag === 'iq' && attrs.id === id,
		)

	test('"silence" leaves queries of one namespace unanswered for its time', async () => {
		await cause({ type: 'silence', account: SHOP, xmlns: 'abt', seconds: 0.5 })
		const props: BinaryNode[] = [{ tag: 'props', attrs: {} }]
		ask('abt', props, 'unanswered').catch(() => undefined)
		await ping()
		assert.deepEqual(answers('unanswered'), [])
		await until('an answer', () => {
			const id = `asked-${Math.random()}`
			return Promise.race([
				ask('abt', props, id),
				ping().then(() => false as const), // comes after an answer to the first one
			])
		})
	})

	test('"silence" without a namespace concerns all queries, keepalives too, but no messages', async () => {
		await cause({ type: 'silence', account: SHOP, seconds: 0.3 })
		const id = 'unanswered-ping'
		ask('w:p', [{ tag: 'ping', attrs: {} }], id).catch(() => undefined)
		await ayse.says('in the silence', { to: shop })
		await client.receives('in the silence')
		await until('the ping', () =>
			sandbox.whatsapp.log.list(({ stanza: { attrs } }) => attrs.id === id).at(0),
		)
		assert.deepEqual(answers(id), [])
		await until('an answer', () => Promise.race([ping(), later(100)]))
	})

	test('"rate_limit" refuses as many queries as it says with 429', async () => {
		await cause({ type: 'rate_limit', account: SHOP, xmlns: 'usync', times: 2 })
		for (const number of [1, 2])
			await assert.rejects(
				client.socket.onWhatsApp(AYSE),
				({ data, message }: { data: number; message: string }) => {
					assert.deepEqual([data, message], [429, 'rate-overlimit'], `query ${number}`)
					return true
				},
			)
		assert.deepEqual(await client.socket.onWhatsApp(AYSE), [{ jid: JID, exists: true }])
	})

	test('"freeze" keeps the connection, and lets nothing pass until it ends', async () => {
		await cause({ type: 'freeze', account: SHOP, seconds: 1 })
		const seq = sandbox.whatsapp.log.last
		const passed = () => sandbox.whatsapp.log.list((frame) => frame.seq > seq && frame.device === 1)
		const answered = ping()
		await ayse.says('into the ice', { to: shop })
		await shop.receives('into the ice')
		assert.deepEqual(passed(), [])
		await answered
		await client.receives('into the ice')
		assert.equal(client.socket.ws.isOpen, true)
	})

	test('"freeze" can be ended before its time', async () => {
		await cause({ type: 'freeze', account: SHOP, seconds: 600 })
		const answered = ping()
		await ayse.says('until somebody ends it', { to: shop })
		const { faults } = await control.get('/faults')
		assert.deepEqual(
			faults.map(({ type, account }: any) => [type, account]),
			[['freeze', SHOP]],
		)
		const ended = await control.fetch(`/faults?type=freeze&account=${SHOP}`, { method: 'DELETE' })
		assert.deepEqual(await ended.json(), { faults: [] })
		await answered
		await client.receives('until somebody ends it')
	})

	test('"freeze" does not concern a new connection', async () => {
		await cause({ type: 'freeze', account: SHOP, seconds: 60 })
		client.socket.end(undefined)
		const open = client.connect().isOpen()
		await open
		await ping()
	})

	test('"refuse_upgrade" answers requests for a WebSocket with its status', async () => {
		await cause({ type: 'refuse_upgrade', times: 2, status: 429 })
		const statuses: number[] = []
		for (let round = 0; round < 2; round++) {
			const socket = new WebSocket(sandbox.wsUrl)
			socket.on('error', () => undefined)
			const [, response] = await once(socket, 'unexpected-response')
			statuses.push(response.statusCode)
			socket.terminate()
		}
		assert.deepEqual(statuses, [429, 429])
		const socket = new WebSocket(sandbox.wsUrl)
		await once(socket, 'open')
		socket.terminate()
	})

	test('"refuse_uploads" concerns the uploads of one account, or all', async () => {
		const file = { data: Buffer.from('a file').toString('base64'), mimetype: 'text/plain' }
		const send = (phone: string) =>
			control.post(`/phones/${phone}/messages`, { to: SHOP, document: file })
		await cause({ type: 'refuse_uploads', account: SHOP, status: 507 })
		assert.equal((await send(AYSE)).status, 201)
		const refused = await send(SHOP)
		assert.match(await refused.text(), /the media host answered 507/)
		assert.equal((await send(SHOP)).status, 201)
		await cause({ type: 'refuse_uploads', status: 503, times: 1 })
		assert.match(await (await send(AYSE)).text(), /the media host answered 503/)
	})

	test('"no_devices" leaves no device in answers about a person', async () => {
		const carl = sandbox.phone('4915112340001')
		const jid = '4915112340001@s.whatsapp.net'
		await cause({ type: 'no_devices', account: carl.account.phone, times: 1 })
		assert.deepEqual(await client.socket.onWhatsApp(carl.account.phone), [{ jid, exists: true }])
		assert.deepEqual(await client.socket.getUSyncDevices([jid], false, false), [])
		assert.equal((await client.socket.getUSyncDevices([jid], false, false)).length, 1)
	})

	test('"leave_out" leaves a person out of an answer', async () => {
		await cause({ type: 'leave_out', account: AYSE, times: 1 })
		assert.deepEqual(await client.socket.onWhatsApp(AYSE, SHOP), [
			{ jid: `${SHOP}@s.whatsapp.net`, exists: true },
		])
		assert.equal((await client.socket.onWhatsApp(AYSE, SHOP))!.length, 2)
	})

	for (const [what, body, says] of [
		['an unknown type', { type: 'fire', account: SHOP }, /no fault fire.*drop/],
		['no type', { account: SHOP }, /type/],
		['an unknown field', { type: 'drop', account: SHOP, seconds: 1 }, /seconds/],
		['a missing field', { type: 'freeze', account: SHOP }, /seconds/],
		['a status that is none', { type: 'refuse_upgrade', status: 99 }, /status/],
	] as const)
		test(`with ${what} is refused`, async () => {
			assert.match(await cause(body, 400), says)
		})

	test('for a number that nobody has is refused', async () => {
		await cause({ type: 'drop', account: '4915112340009' }, 404)
	})
})

const later = (milliseconds: number) =>
	new Promise<false>((resolve) => setTimeout(resolve, milliseconds, false))
