import assert from 'node:assert/strict'
import { cp, readdir, readFile, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import {
	newSessionRecord,
	sessionRecord,
	type SessionRecord,
} from '../../../gateway/src/session/session-record.ts'
import { jsonStorage } from '../../../gateway/src/storage/json/index.ts'
import {
	linkedGateway,
	openGateway,
	openSandbox,
	temporaryDirectory,
} from '../../support/gateway/gateway.ts'
import { OVER_FILES } from '../../support/state-url.ts'

const MAIN = '/api/v1/sessions/main'

/** The files below a directory with their bytes; none if it is not there. Locks do not count. */
async function filesIn(directory: string) {
	const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
	const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
	const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort()
	return Promise.all(paths.map(async (path) => [path, await readFile(path, 'hex')] as const))
}

const eachFile = async (directory: string, change: (path: string) => Promise<void>) => {
	for (const [path] of await filesIn(directory)) await change(path)
}

/** Ways to lose the state of a session. `fresh` is the state of a session that was never linked. */
const losses: Record<string, (session: string, fresh: string) => Promise<void>> = {
	'every file is emptied': (session) => eachFile(session, (path) => truncate(path)),
	'every file is removed': (session) => eachFile(session, rm),
	'its state is removed': (session) => rm(join(session, 'state'), { recursive: true }),
	'its directory is removed': (session) => rm(session, { recursive: true }),
	async 'its state is replaced by that of a session without an account'(session, fresh) {
		await rm(session, { recursive: true })
		await cp(fresh, session, { recursive: true })
	},
}

test(
	'a linked session that lost its state is corrupt until that is back; it never gets a new identity',
	OVER_FILES,
	async (t) => {
		const { gateway, sandbox, owner, ada } = await linkedGateway(t)
		await gateway.request('POST', '/api/v1/sessions', { id: 'fresh' })
		await gateway.request('GET', '/api/v1/sessions/fresh/qr')
		await gateway.stop()
		const devices = () => owner.account.devices.map(({ id }) => id)
		const known = devices()
		const { dataDir } = gateway
		const main = join(dataDir, 'sessions/main')
		const backup = await temporaryDirectory(t)
		await cp(main, backup, { recursive: true })

		for (const [how, lose] of Object.entries(losses)) {
			await lose(main, join(dataDir, 'sessions/fresh'))
			const files = await filesIn(main)
			const again = await openGateway(t, { dataDir, sandbox })
			again.start()
			await again.becomes('main', 'corrupt')
			for (const [method, path] of [
				['POST', `${MAIN}/connect`],
				['GET', `${MAIN}/qr`],
			] as const) {
				const { status, body } = await again.request(method, path)
				const expected = path.endsWith('qr') ? [409, 503] : [503]
				assert.ok(expected.includes(status), `${how}: ${status}`)
				assert.equal(body.qr, undefined, how)
			}
			const { body } = await again.request('GET', MAIN)
			assert.equal(body.me.phone, owner.account.phone, how)
			await again.stop()
			// A state that can be opened, though not used, may note that it was.
			if (!how.includes('replaced')) assert.deepEqual(await filesIn(main), files, how)
		}

		await rm(main, { recursive: true })
		await cp(backup, main, { recursive: true })
		const restored = await openGateway(t, { dataDir, sandbox })
		restored.start()
		await restored.becomes('main', 'open')
		const message = { to: ada.account.phone, text: 'I am back' }
		assert.equal((await restored.request('POST', `${MAIN}/messages/text`, message)).status, 200)
		assert.deepEqual(devices(), known)
	},
)

test('a corrupt session is deleted and linked anew', OVER_FILES, async (t) => {
	const { gateway, sandbox, owner } = await linkedGateway(t)
	await gateway.stop()
	await rm(join(gateway.dataDir, 'sessions/main'), { recursive: true })
	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
	again.start()
	await again.becomes('main', 'corrupt')
	assert.equal((await again.request('DELETE', MAIN)).status, 204)
	await again.request('POST', '/api/v1/sessions', { id: 'main' })
	owner.scans((await again.request('GET', `${MAIN}/qr`)).body.qr)
	await again.becomes('main', 'open')
})

test('a session that was never linked starts anew without its state', OVER_FILES, async (t) => {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001')
	const gateway = await openGateway(t, { sandbox })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	await gateway.request('GET', `${MAIN}/qr`)
	await gateway.stop()
	await rm(join(gateway.dataDir, 'sessions/main'), { recursive: true })
	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
	again.start()
	owner.scans((await again.request('GET', `${MAIN}/qr`)).body.qr)
	await again.becomes('main', 'open')
})

test(
	'a session that was logged out starts anew, with its state and without',
	OVER_FILES,
	async (t) => {
		const { gateway, sandbox, owner } = await linkedGateway(t)
		const { dataDir } = gateway
		await gateway.request('POST', `${MAIN}/logout`)
		await gateway.stop()
		for (const loses of [false, true]) {
			if (loses) await rm(join(dataDir, 'sessions/main'), { recursive: true })
			const again = await openGateway(t, { dataDir, sandbox })
			again.start()
			assert.equal(await again.statusOf('main'), 'logged_out')
			owner.scans((await again.request('GET', `${MAIN}/qr`)).body.qr)
			await again.becomes('main', 'open')
			await again.request('POST', `${MAIN}/logout`)
			await again.stop()
		}
	},
)

/** Changes what is kept of the session, as a crash may leave it. */
async function changeRecord(dataDir: string, change: Partial<SessionRecord>) {
	const fail = (error: Error) => {
		throw error
	}
	const storage = await jsonStorage(dataDir, { onLost: fail })
	const initial = () => newSessionRecord({ id: 'main' })
	const document = await storage.document('sessions/main', initial, sessionRecord)
	await document.update((record) => void Object.assign(record, change))
	await storage.close()
}

test('a session whose account a crash kept from being saved finds it in its state', async (t) => {
	const { gateway, sandbox, owner } = await linkedGateway(t)
	await gateway.stop()
	await changeRecord(gateway.dataDir, { me: null })
	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
	again.start()
	await again.becomes('main', 'open')
	assert.equal((await again.request('GET', MAIN)).body.me.phone, owner.account.phone)
})
