import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Shape, Storage } from '../../../../gateway/src/storage/driver.ts'
import { jsonStorage } from '../../../../gateway/src/storage/json/index.ts'
import { MoveError } from '../../../../gateway/src/storage/move-mark.ts'
import { databaseSide } from '../../../../gateway/src/storage/move/database.ts'
import {
	directorySide,
	refuseMovedDirectory,
} from '../../../../gateway/src/storage/move/directory.ts'
import { moveState } from '../../../../gateway/src/storage/move/index.ts'
import type { MoveSide } from '../../../../gateway/src/storage/move/side.ts'
import { postgresStorage } from '../../../../gateway/src/storage/postgres/index.ts'
import { bareEnvironment } from '../../../support/command.ts'
import { temporaryDirectory } from '../../../support/directories.ts'
import { linkedGateway, openGateway } from '../../../support/gateway/gateway.ts'
import { ROOT } from '../../../support/paths.ts'
import { withServer } from './support/with-server.ts'

/** `KILLS=100` measures what `docs/running-it-larger.md` says. */
const KILLS = Number(process.env.KILLS ?? 12)
const anything: Shape<any> = { safeParse: (data) => ({ success: true, data }) }
const states = ['sessions/one/state', 'sessions/one/unlinked-1', 'sessions/two/state']
const documents = ['keys', 'sessions/one', 'sessions/two', 'webhooks/one']

/** Starts `whatsapp-gateway migrate …`. */
function startMigrating(DATA_DIR: string, args: string[], env: Record<string, string> = {}) {
	const command = [join(ROOT, 'gateway/src/main.ts'), 'migrate', ...args]
	return spawn(process.execPath, command, { env: { ...bareEnvironment(), DATA_DIR, ...env } })
}

async function migrating(dataDir: string, args: string[], env?: Record<string, string>) {
	const child = startMigrating(dataDir, args, env)
	const [said, complaint, [code]] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		once(child, 'exit'),
	])
	return { code: code as number, said, complaint }
}

const files = (root: string) => jsonStorage(root, { onLost: assert.fail })
const rows = (url: string) => postgresStorage(url, { onLost: assert.fail })

/** A directory with documents, and states of several thousand records. */
async function filledDirectory(t: TestContext): Promise<string> {
	const root = await temporaryDirectory(t)
	const storage = await files(root)
	for (const [n, name] of states.entries()) {
		const state = await storage.state(name, () => [])
		for (let batch = 0; batch < 10; batch++)
			await state.commit(
				Array.from({ length: 300 }, (_, i) => ({
					collection: `c${i % 5}`,
					id: `${(i * 7919) % 301}.${batch}`,
					value: { n, batch, i, text: 'ü'.repeat(i % 50) },
				})),
			)
		await state.commit([{ collection: 'c1', id: '0.0', value: null }])
		await state.commit([{ collection: 'c1', id: '0.0', value: 'reborn' }])
		await state.close()
	}
	for (const name of documents)
		await (
			await storage.document(name, () => ({ name, list: [1, null] }), anything)
		).update(() => {})
	await storage.close()
	return root
}

/** Everything that is in a storage, which is closed then. */
async function contents(storage: Storage) {
	const all: unknown[] = []
	for (const name of states) {
		const state = await storage.state(name, () => assert.fail(`${name} is gone`))
		for (const collection of [...(await state.collections('')).keys()].sort())
			all.push([name, collection, [...(await state.list(collection))]])
		await state.close()
	}
	for (const name of documents) {
		const { data } = await storage.document(name, () => null, anything)
		assert.ok(data, `${name} is gone`)
		all.push([name, data])
	}
	await storage.close()
	return all
}

/** Whether a gateway would start there, with sessions. */
async function starts(place: string): Promise<boolean> {
	try {
		if (!place.startsWith('postgres')) {
			await refuseMovedDirectory(place)
			return true
		}
		const storage = await rows(place)
		const sessions = await storage.documentsIn('sessions')
		await storage.close()
		return sessions.length > 0
	} catch (error) {
		assert.ok(error instanceof MoveError, String(error))
		return false
	}
}

/** A side of a move that tells before and after each thing that is done to it. */
function inSteps(side: MoveSide, step: () => void): MoveSide {
	const told =
		<A extends unknown[], R>(act: (...args: A) => Promise<R>) =>
		async (...args: A): Promise<R> => {
			step()
			const result = await act(...args)
			step()
			return result
		}
	const { state } = side.storage
	return {
		...side,
		setMark: told(side.setMark),
		storage: {
			...side.storage,
			async state(...args) {
				step()
				return state(...args)
			},
		},
	}
}

withServer('PostgreSQL', (server) => {
	test('state that moves to a database and back is the same, and exactly one side starts', async (t) => {
		const root = await filledDirectory(t)
		const before = await contents(await files(root))
		const url = await server().database()
		const there = await migrating(root, ['--to', url])
		assert.equal(there.code, 0, there.complaint)
		assert.match(
			there.said,
			/4 documents and 3 states with \d+ records were moved to postgresql:\/\//,
		)
		assert.deepEqual([await starts(root), await starts(url)], [false, true])
		assert.deepEqual(await contents(await rows(url)), before)
		const again = await migrating(root, ['--to', url])
		assert.equal(again.code, 78)
		assert.match(again.complaint, /was moved to postgresql:/)
		assert.equal(
			(JSON.parse(await readFile(join(root, 'moved.json'), 'utf8')) as any).kind,
			'moved',
		)

		const back = join(await temporaryDirectory(t), 'back')
		assert.equal((await migrating(root, ['--from', url, '--to', back])).code, 0)
		assert.deepEqual([await starts(back), await starts(url)], [true, false])
		assert.deepEqual(await contents(await files(back)), before)
	})

	test('a move that ends at any of its steps can be run again, and never both sides start', async (t) => {
		const root = await filledDirectory(t)
		const before = await contents(await files(root))
		const url = await server().database()
		let end = 'it ends here'
		for (let last = 1; end === 'it ends here'; last++) {
			const from = await directorySide(root, { onLost: assert.fail })
			const to = await databaseSide(url, { onLost: assert.fail })
			let steps = 0
			const step = () => {
				if (++steps === last) throw new Error('it ends here')
			}
			end = await moveState(inSteps(from, step), inSteps(to, step)).then(
				(moved) => `it was ${moved === 'finished' ? moved : 'moved'}`,
				(error: Error) => error.message,
			)
			await to.storage.close()
			await from.storage.close()
			assert.ok(!((await starts(root)) && (await starts(url))), `both start after step ${last}`)
		}
		// It ended between the two marks.
		assert.equal(end, 'it was finished')
		assert.deepEqual([await starts(root), await starts(url)], [false, true])
		assert.deepEqual(await contents(await rows(url)), before)
	})

	test('a move that is killed at any moment can be run again, and never both sides start', async (t) => {
		let root = await filledDirectory(t)
		const before = await contents(await files(root))
		let url = await server().database()
		const began = performance.now()
		const whole = await migrating(root, ['--to', url])
		const took = performance.now() - began
		assert.equal(whole.code, 0, whole.complaint)
		const back = await temporaryDirectory(t)
		assert.equal((await migrating(root, ['--from', url, '--to', back])).code, 0)
		root = back
		url = await server().database()

		for (let kill = 1; kill <= KILLS; kill++) {
			const child = startMigrating(root, ['--to', url])
			const ended = once(child, 'exit')
			// Starting up is a good part of it.
			await Promise.race([ended, pause(took * (0.3 + (0.7 * kill) / KILLS))])
			child.kill('SIGKILL')
			await ended
			const both = [await starts(root), await starts(url)]
			assert.ok(!(both[0] && both[1]), 'both sides start')
		}
		const last = await migrating(root, ['--to', url])
		assert.match(last.said + last.complaint, /moved to|is finished/)
		assert.deepEqual([await starts(root), await starts(url)], [false, true])
		assert.deepEqual(await contents(await rows(url)), before)
	})

	test('state is not moved to a place that has some, nor from one that is in use', async (t) => {
		const [one, other] = [await filledDirectory(t), await filledDirectory(t)]
		const url = await server().database()
		assert.equal((await migrating(one, ['--to', url])).code, 0)
		const full = await migrating(other, ['--to', url])
		assert.match(full.complaint, /has state of its own: name an empty place/)
		assert.equal(full.code, 78)
		assert.equal(await starts(other), true)
		const storage = await files(other)
		const busy = await migrating(other, ['--to', await server().database()])
		await storage.close()
		assert.equal(busy.code, 75)
		assert.equal((await migrating(other, [])).code, 78)
	})

	test('a linked session goes on in the database without a new QR, encrypted as before', async (t) => {
		const STATE_KEY = 'a'.repeat(64)
		const { gateway, sandbox, ada, owner } = await linkedGateway(t, { stateKey: STATE_KEY })
		const { dataDir } = gateway
		const devices = owner.account.devices.length
		await gateway.stop()
		const url = await server().database()
		const moved = await migrating(dataDir, ['--to', url], { STATE_KEY })
		assert.equal(moved.code, 0, moved.complaint)
		const again = await openGateway(t, {
			dataDir,
			stateUrl: url,
			stateKey: STATE_KEY,
			sandbox,
		})
		again.start()
		await again.becomes('main', 'open')
		const body = { to: ada.account.phone, text: 'from the database' }
		const sent = await again.request('POST', '/api/v1/sessions/main/messages/text', body)
		assert.equal(sent.status, 200, sent.text)
		assert.equal((await ada.receives('from the database')).copies, 1)
		assert.equal(owner.account.devices.length, devices)
	})
})
