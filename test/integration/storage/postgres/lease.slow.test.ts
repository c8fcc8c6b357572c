import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { LockedError } from '../../../../gateway/src/storage/json/lock.ts'
import { NewerFormatError } from '../../../../gateway/src/storage/json/format.ts'
import { UnfitDatabaseError } from '../../../../gateway/src/storage/unfit-database.ts'
import { openPostgres } from '../../../support/postgres.ts'
import { until } from '../../../support/wait.ts'
import { openStorage, put, sql } from './support/store.ts'
import { withServer } from './support/with-server.ts'

const STORAGE = new URL('../../../../gateway/src/storage/postgres/index.ts', import.meta.url).href

/** Another process that opens the database, says so, and commits on and on. */
async function otherProcess(url: string) {
	const program = `
		import { postgresStorage } from ${JSON.stringify(STORAGE)}
		const storage = await postgresStorage(${JSON.stringify(url)}, { onLost: () => process.exit(70) })
		const state = await storage.state('sessions/main/state', () => [])
		process.stdout.write('open\\n')
		const fail = () => process.exit(70)
		for (let n = 0; ; n++) await state.commit([{ collection: 'a', id: 'x', value: n }]).catch(fail)
	`
	const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
		stdio: ['ignore', 'pipe', 'inherit'],
	})
	await once(child.stdout, 'data')
	return child
}

/** `STARTS=1000` measures what `docs/running-it-larger.md` says. */
const STARTS = Number(process.env.STARTS ?? 10)
/** At the same time: a refusal takes three seconds. */
const DATABASES = 5

withServer('PostgreSQL', (server) => {
	test('a second gateway is refused while the first one runs, and welcome after it', async (t) => {
		const url = await server().database()
		const first = await openStorage(t, url)
		const refused = await openStorage(t, url).catch((error: unknown) => error)
		assert.ok(refused instanceof LockedError)
		assert.match(
			refused.message,
			new RegExp(`in use by process ${process.pid} on .* database of its own`),
		)
		await (await first.session('main')).commit([put('a', 'x', 1)])
		await first.close()
		const second = await openStorage(t, url)
		assert.deepEqual(await (await second.session('main')).ids('a'), ['x'])
	})

	test('of two that start at once one is refused', async (t) => {
		const startOnAndOn = async (url: string) => {
			for (let n = 0; n < STARTS / DATABASES; n++) {
				const both = await Promise.allSettled([openStorage(t, url), openStorage(t, url)])
				assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
				for (const one of both) if (one.status === 'fulfilled') await one.value.close()
			}
		}
		await Promise.all(
			Array.from({ length: DATABASES }, async () => startOnAndOn(await server().database())),
		)
	})

	test('a process that was killed is followed at once on the same machine', async (t) => {
		const url = await server().database()
		const child = await otherProcess(url)
		child.kill('SIGKILL')
		await once(child, 'exit')
		const storage = await openStorage(t, url)
		await (await storage.session('main')).commit([put('a', 'y', 1)])
	})

	test('a process that was killed elsewhere is followed when its lease runs out', async (t) => {
		const url = await server().database()
		const child = await otherProcess(url)
		child.kill('SIGKILL')
		await once(child, 'exit')
		const elsewhere = `(process::jsonb || '{"kernel": "another"}')::text`
		await sql(
			url,
			`update wag.node set process = ${elsewhere}, expires = clock_timestamp() + interval '1 s'`,
		)
		const storage = await openStorage(t, url)
		await (await storage.session('main')).commit([put('a', 'y', 1)])
	})

	test('a process that is paused until another one has taken over writes nothing when it wakes, and ends', async (t) => {
		const url = await server().database()
		const child = await otherProcess(url)
		const ended = once(child, 'exit')
		child.kill('SIGSTOP')
		await sql(url, `update wag.node set expires = clock_timestamp()`)
		const storage = await openStorage(t, url)
		const store = await storage.session('main')
		await store.commit([put('a', 'x', 'of the successor')])
		child.kill('SIGCONT')
		const [code] = (await ended) as [number]
		assert.equal(code, 70)
		assert.equal((await store.get('a', ['x'])).get('x'), 'of the successor')
	})

	test('a gateway whose database was taken over is told, and changes nothing any more', async (t) => {
		const url = await server().database()
		let lost = 0
		const times = { renewMs: 50 }
		const shape = { safeParse: (data: unknown) => ({ success: true as const, data }) }
		const old = await openStorage(t, url, { times, onLost: () => void lost++ })
		const document = await old.document('list', () => [1], shape)
		await document.update(() => {})
		await sql(url, 'update wag.node set dead = true')
		await until('it is told', () => lost === 1)
		await assert.rejects(old.session('main'), { code: 'storage_failed' })
		await assert.rejects(
			document.update((list) => void (list as number[]).push(2)),
			{ code: 'storage_failed' },
		)
		await assert.rejects(old.remove('list'), { code: 'storage_failed' })
		const [row] = await sql<{ data: string }>(url, `select data from wag.document`)
		assert.equal(row!.data, '[1]')
	})

	test('a database of a newer gateway is refused and left as it is', async (t) => {
		const url = await server().database()
		await (await openStorage(t, url)).close()
		await sql(url, 'insert into wag.migration (version) values (1000)')
		await assert.rejects(openStorage(t, url), NewerFormatError)
	})

	test('a database that is not there is refused at once', async (t) => {
		const url = (await server().database()).replace(/\w+$/, 'nowhere')
		await assert.rejects(openStorage(t, url), UnfitDatabaseError)
	})
})

test('an engine that does not sync is refused', async (t) => {
	const server = await openPostgres(t, { isDurable: false })
	await assert.rejects(openStorage(t, await server.database()), /has fsync=off/)
})
