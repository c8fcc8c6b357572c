import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { linkedGateway, openGateway } from '../../../support/gateway/gateway.ts'
import { openTcpProxy } from '../../../support/net/tcp-proxy.ts'
import { fillDisk, smallDisk } from '../../../support/small-disk.ts'
import { until } from '../../../support/wait.ts'
import { throughPort } from '../../../support/postgres.ts'
import { refusing, sql } from './support/store.ts'
import { withServer } from './support/with-server.ts'

const MIB = 1024 * 1024
const MAIN = '/api/v1/sessions/main'

type Linked = Awaited<ReturnType<typeof linkedGateway>>

const sends = ({ gateway, ada }: Linked, text: string) =>
	gateway.request('POST', `${MAIN}/messages/text`, { to: ada.account.phone, text })

withServer('PostgreSQL', (server) => {
	test('a session whose database is full stops with that reason, answers 507, and resumes by itself', async (t) => {
		const url = await server().database()
		const linked = await linkedGateway(t, { stateUrl: url, sendTimeout: 20 })
		const { gateway, ada } = linked
		assert.equal((await sends(linked, 'before')).status, 200)
		const end = await refusing(url, 'wag.state', '53100')
		const refused = await Promise.all(['one', 'two'].map((text) => sends(linked, text)))
		for (const { status, body } of refused) {
			assert.deepEqual([status, body.code], [507, 'storage_failed'])
			assert.match(body.detail, /The disk of PostgreSQL is full/)
		}
		await gateway.becomes('main', 'closed')
		assert.equal((await gateway.request('GET', '/ready')).body.reason, 'storage_failed')

		await end()
		await gateway.becomes('main', 'open')
		assert.equal((await sends(linked, 'after')).status, 200)
		assert.equal((await ada.receives('after')).copies, 1)
		assert.equal((await gateway.request('GET', '/ready')).status, 200)
	})

	test('a session on a disk that is really full stops, and resumes by itself once it is freed', async (t) => {
		const disk = await smallDisk(t, 48 * MIB)
		if (!disk) return t.skip('mounting a small disk needs rights that this user has not')
		const url = await server().databaseOn(disk)
		const linked = await linkedGateway(t, { stateUrl: url, sendTimeout: 30 })
		const { gateway, owner, ada } = linked
		const devices = owner.account.devices.length
		const free = await fillDisk(disk)
		const taken: string[] = []
		let answer = await sends(linked, 'first')
		let asked = performance.now()
		while (answer.status === 200) {
			const text = `${taken.length} ${randomBytes(20_000).toString('base64')}`
			asked = performance.now()
			answer = await sends(linked, text)
			if (answer.status === 200) taken.push(text)
		}
		const refusedAfter = performance.now() - asked
		assert.deepEqual([answer.status, answer.body.code], [507, 'storage_failed'])
		assert.match(answer.body.detail, /The disk of PostgreSQL is full/)
		await gateway.becomes('main', 'closed')
		assert.equal((await gateway.request('GET', '/health')).status, 200)

		await free()
		const freed = performance.now()
		await gateway.becomes('main', 'open')
		const openAfter = performance.now() - freed
		assert.equal((await sends(linked, 'after')).status, 200)
		assert.equal((await ada.receives('after')).copies, 1)
		for (const text of taken) assert.equal((await ada.receives(text)).copies, 1)
		assert.equal(owner.account.devices.length, devices, 'nothing was scanned')
		t.diagnostic(
			`refused after ${Math.round(refusedAfter)} ms, open ${Math.round(openAfter)} ms after it was freed`,
		)
	})

	test('a session whose storage fails at the start of the gateway connects by itself once it can', async (t) => {
		const url = await server().database()
		const { gateway, sandbox } = await linkedGateway(t, { stateUrl: url })
		await gateway.stop()
		const end = await refusing(url, 'wag.state', '53100')
		const again = await openGateway(t, { stateUrl: url, dataDir: gateway.dataDir, sandbox })
		again.start()
		await until('the session has given up', async () => {
			const { body } = await again.request('GET', MAIN)
			return body.last_disconnect?.reason === 'storage_failed'
		})
		await end()
		await again.becomes('main', 'open')
	})

	test('an engine that cannot be reached for longer than a lease stops the session, which resumes by itself', async (t) => {
		const url = await server().database()
		const proxy = await openTcpProxy(t, server().port)
		const linked = await linkedGateway(t, {
			stateUrl: throughPort(url, proxy.port),
			sendTimeout: 20,
		})
		const { gateway, ada } = linked
		assert.equal((await sends(linked, 'before')).status, 200)
		proxy.close()
		proxy.cut()
		const refused = await sends(linked, 'meanwhile')
		assert.deepEqual([refused.status, refused.body.code], [507, 'storage_failed'])
		await gateway.becomes('main', 'closed')
		proxy.open()
		await gateway.becomes('main', 'open')
		assert.equal((await sends(linked, 'after')).status, 200)
		assert.equal((await ada.receives('after')).copies, 1)
	})

	test('an engine that is away for a moment costs a send nothing but time', async (t) => {
		const url = await server().database()
		const proxy = await openTcpProxy(t, server().port)
		const linked = await linkedGateway(t, { stateUrl: throughPort(url, proxy.port) })
		const { gateway, ada } = linked
		assert.equal((await sends(linked, 'before')).status, 200)
		proxy.close()
		proxy.cut()
		const sending = sends(linked, 'meanwhile')
		await until('a statement fails', async () => (await connections(url)) === 0)
		proxy.open()
		assert.equal((await sending).status, 200)
		assert.equal((await ada.receives('meanwhile')).copies, 1)
		assert.equal(await gateway.statusOf('main'), 'open')
	})

	test('a session with a damaged row is corrupt and left as it is; others go on', async (t) => {
		const url = await server().database()
		const { gateway, sandbox, ada } = await linkedGateway(t, { stateUrl: url })
		await gateway.request('POST', '/api/v1/sessions', { id: 'other' })
		ada.scans((await gateway.request('GET', '/api/v1/sessions/other/qr')).body.qr)
		await gateway.becomes('other', 'open')
		await gateway.stop()
		const ofMain = `from wag.state where no = state and name = 'sessions/main/state'`
		await sql(url, `update wag.record set value = '{' ${ofMain} and collection = 'creds'`)
		const again = await openGateway(t, { stateUrl: url, dataDir: gateway.dataDir, sandbox })
		again.start()
		await again.becomes('main', 'corrupt')
		await again.becomes('other', 'open')
		const { body } = await again.request('POST', `${MAIN}/connect`)
		assert.equal(body.code, 'session_corrupt')
		assert.match(body.detail, /creds in sessions\/main\/state is damaged/)
	})

	test('a session that is removed leaves nothing in the database', async (t) => {
		const url = await server().database()
		const linked = await linkedGateway(t, { stateUrl: url, stateKey: 'a'.repeat(64) })
		assert.equal((await sends(linked, 'hello')).status, 200)
		const rows = async (table: string) =>
			(await sql<{ count: number }>(url, `select count(*)::int from wag.${table}`))[0]!.count
		assert.ok((await rows('record')) > 0)
		assert.equal((await linked.gateway.request('DELETE', MAIN)).status, 204)
		assert.deepEqual([await rows('record'), await rows('state')], [0, 0])
	})
})

/** How many connections of gateways a database has. */
async function connections(url: string): Promise<number> {
	const text = `select count(*)::int as count from pg_stat_activity
		where datname = current_database() and application_name = 'whatsapp-gateway'`
	return (await sql<{ count: number }>(url, text))[0]!.count
}
