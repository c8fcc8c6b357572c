import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { linkedGateway } from '../../../support/gateway/gateway.ts'
import { temporaryDirectory } from '../../../support/directories.ts'
import { gatewayCommand } from '../../../support/gateway-command.ts'
import { openPostgres } from '../../../support/postgres.ts'
import { aDayAfterTheCopy } from '../../session/support/restored.ts'
import { openStorage, put, sql } from './support/store.ts'
import { withServer } from './support/with-server.ts'

const WAS_ELSEWHERE = /was in another database before/

withServer('PostgreSQL', (server) => {
	for (const stateKey of [undefined, randomBytes(32).toString('hex')])
		test(`a dump that is restored after a day in another cluster is refused until that was said, keeps its sessions linked, and every later message is read; ${stateKey ? 'with' : 'without'} a key`, async (t) => {
			const stateUrl = await server().database()
			const other = await openPostgres(t)
			const key = stateKey ? { stateKey } : {}
			const dump = join(await temporaryDirectory(t), 'dump')
			await aDayAfterTheCopy(t, {
				place: { stateUrl, ...key },
				copy: async () => void (await server().dump(stateUrl, dump)),
				async restore(dataDir) {
					const copy = await other.database()
					await other.load(copy, dump)
					const env = {
						STATE_URL: copy,
						DATA_DIR: dataDir,
						...(stateKey && { STATE_KEY: stateKey }),
					}
					const refused = await gatewayCommand(env)
					assert.equal(refused.code, 78)
					assert.match(refused.said, WAS_ELSEWHERE)
					const { code, printed, said } = await gatewayCommand(env, ['restored'])
					assert.equal(code, 0, said)
					assert.match(printed, /^1 sessions begin their encryption anew/)
					return { dataDir, stateUrl: copy, ...key }
				},
			})
		})

	test('a copy in the same cluster is refused; said to have lost nothing, it is used as it is', async (t) => {
		const url = await server().database()
		const storage = await openStorage(t, url)
		const session = await storage.session('main')
		await session.commit([put('session', 'ada', { record: '' })])
		await storage.close()
		const again = await openStorage(t, url)
		await again.close()
		const copy = await server().copy(url)
		await assert.rejects(openStorage(t, copy), WAS_ELSEWHERE)
		const env = { STATE_URL: copy, DATA_DIR: await temporaryDirectory(t) }
		const { code, said } = await gatewayCommand(env, ['restored', '--nothing-lost'])
		assert.equal(code, 0, said)
		const opened = await openStorage(t, copy)
		const state = await opened.session('main')
		assert.deepEqual([...(await state.list('session')).keys()], ['ada'])
		assert.deepEqual(await state.ids('meta'), [])
	})

	test('a role that may not ask which cluster it is uses the database all the same, and a copy is refused', async (t) => {
		const admin = await server().database()
		await sql(admin, 'revoke execute on function pg_control_system() from public')
		await sql(admin, `create role limited_${server().port} login`)
		const name = new URL(admin).pathname.slice(1)
		await sql(admin, `alter database ${name} owner to limited_${server().port}`)
		const url = new URL(admin)
		url.username = `limited_${server().port}`
		for (const _ of [1, 2]) await (await openStorage(t, url.href)).close()
		const [place] = await sql<{ system: string | null }>(admin, 'select system from wag.place')
		assert.equal(place!.system, null)
		const copy = new URL(await server().copy(admin))
		copy.username = url.username
		await sql(admin, `alter database ${copy.pathname.slice(1)} owner to ${url.username}`)
		await assert.rejects(openStorage(t, copy.href), WAS_ELSEWHERE)
	})

	test('a session whose database has lost commits begins anew by itself, and says so', async (t) => {
		const url = await server().database()
		const linked = await linkedGateway(t, { stateUrl: url })
		const { gateway, ada, owner } = linked
		const send = async (text: string) =>
			gateway.request('POST', '/api/v1/sessions/main/messages/text', {
				to: ada.account.phone,
				text,
			})
		assert.equal((await send('before')).status, 200)
		await ada.says('before', { to: owner })
		const kept = ['state', 'record', 'document']
		for (const table of kept)
			await sql(url, `create table kept_${table} as select * from wag.${table}`)
		for (let n = 0; n < 20; n++) {
			assert.equal((await send(`lost ${n}`)).status, 200)
			await ada.says(`lost ${n}`, { to: owner })
		}
		// What a standby that was behind has when it takes over, at one moment.
		await sql(
			url,
			`begin; lock wag.state; ${kept.map((table) => `delete from wag.${table};`).join('')}
				insert into wag.state overriding system value select * from kept_state;
				insert into wag.record select * from kept_record;
				insert into wag.document select * from kept_document; commit`,
		)
		await ada.says('after', { to: owner })
		await gateway.becomes('main', 'closed')
		await gateway.becomes('main', 'open')
		assert.equal((await send('again')).status, 200)
		assert.equal((await ada.receives('again')).copies, 1)
		await ada.says('and again', { to: owner })
		const session = gateway.sessions.get('main')
		const events = await session.events(0, 1_000)
		const restored = events.find(({ type }) => type === 'session.restored')
		assert.equal(restored?.type === 'session.restored' && restored.data.cause, 'lost_commits')
		const { body } = await gateway.request('POST', '/api/v1/keys', { name: 'new', role: 'admin' })
		assert.ok(body.id)
	})
})
