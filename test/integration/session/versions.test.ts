import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import type { PageState } from '../../../gateway/src/sandbox/server/client-versions.ts'
import { linkedGateway, openGateway, openSandbox } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'
import { OVER_FILES } from '../../support/state-url.ts'

const BUILT_IN = 1_043_857_760
const at = (revision: number) => `2.3000.${revision}`
const NEWER = at(BUILT_IN + 1_000)
const NEWEST = at(BUILT_IN + 2_000)

/** What people at WhatsApp do, by the control API of the simulated one. */
function controlOf(sandbox: Sandbox) {
	const ask = async (method: string, body?: object) => {
		const response = await sandbox.control.request('/versions', {
			method,
			headers: { 'content-type': 'application/json' },
			...(body && { body: JSON.stringify(body) }),
		})
		assert.equal(response.status, 200, await response.clone().text())
		return (await response.json()) as {
			minimum: string | null
			refused: number
			page: { version: string; requests: number }
			file: { version: string; requests: number }
		}
	}
	return {
		now: () => ask('GET'),
		demands: (minimum: string, more: object = {}) => ask('POST', { minimum, ...more }),
		changes: (change: object) => ask('POST', change),
	}
}

type Gateway = Awaited<ReturnType<typeof openGateway>>

async function link(gateway: Gateway, sandbox: Sandbox, id: string, number: string) {
	await gateway.request('POST', '/api/v1/sessions', { id })
	const { body } = await gateway.request('GET', `/api/v1/sessions/${id}/qr`)
	sandbox.phone(number).scans(body.qr)
	await gateway.becomes(id, 'open')
}

const sessionOf = async (gateway: Gateway, id = 'main') =>
	(await gateway.request('GET', `/api/v1/sessions/${id}`)).body

/** What a session has told of versions. */
const eventsOf = async (gateway: Gateway, id = 'main') => {
	const { body } = await gateway.request(
		'GET',
		`/api/v1/sessions/${id}/events?types=session.version`,
	)
	return body.events.map(({ data }: { data: object }) => data)
}

const versionOf = (gateway: Gateway) => gateway.sessions.version()

test('ten sessions survive a forced change of the version, with one look-up and without a person', async (t) => {
	const sandbox = await openSandbox(t)
	const control = controlOf(sandbox)
	const gateway = await openGateway(t, { sandbox })
	const ids = Array.from({ length: 10 }, (_, number) => `number-${number}`)
	for (const [at, id] of ids.entries()) await link(gateway, sandbox, id, `49170000010${at}`)
	const before = await control.now()
	assert.equal(before.refused, 0)

	await control.demands(NEWER)
	await until('every session was refused or is back', async () => (await control.now()).refused > 0)
	for (const id of ids) await gateway.becomes(id, 'open')
	await until('all ten are connected with the new one', () =>
		ids.every((_, at) => {
			const { account } = sandbox.phone(`49170000010${at}`)
			return sandbox.whatsapp.activeCompanions(account).length === 1
		}),
	)

	const after = await control.now()
	assert.equal(after.page.requests - before.page.requests, 1, 'one look-up for all of them')
	assert.equal(after.file.requests, before.file.requests)
	assert.ok(after.refused <= 10, `${after.refused} refusals`)
	assert.deepEqual(
		[versionOf(gateway).version, versionOf(gateway).origin, versionOf(gateway).refused],
		[NEWER, 'whatsapp', false],
	)
	const { text } = await gateway.request('GET', '/metrics')
	assert.match(text, new RegExp(`client_version\\{version="${NEWER}",origin="whatsapp"\\} 1`))
	assert.match(text, /version_lookups_total\{outcome="found"\} 1/)
	assert.match(text, new RegExp(`version_refusals_total ${after.refused}\\n`))
	const told = (await Promise.all(ids.map((id) => eventsOf(gateway, id)))).flat()
	assert.equal(told.length, after.refused, 'those that were refused tell of it, once')
	for (const data of told)
		assert.deepEqual(data, { refused: at(BUILT_IN), version: NEWER, hint: null })
})

test('sessions that are refused while the pages are asked share one look-up', async (t) => {
	const sandbox = await openSandbox(t)
	const control = controlOf(sandbox)
	// Longer than sessions wait before they connect again: all come while the page has not failed yet.
	const gateway = await openGateway(t, { sandbox, versionTimes: { deadlineMs: 2_500 } })
	const ids = ['a', 'b', 'c', 'd']
	for (const [at, id] of ids.entries()) await link(gateway, sandbox, id, `49170000010${at}`)
	const before = await control.now()
	await control.demands(NEWER, { page: { state: 'silent' } })
	await until('one is refused', async () => (await control.now()).refused > 0)
	for (const id of ids) await gateway.becomes(id, 'open')
	const after = await control.now()
	assert.deepEqual(
		[after.page.requests - before.page.requests, after.file.requests - before.file.requests],
		[1, 1],
	)
	assert.deepEqual([versionOf(gateway).version, versionOf(gateway).origin], [NEWER, 'baileys'])
})

test('a version that is refused as well makes the session wait with its reason, until there is a newer one', async (t) => {
	const lines: string[] = []
	const versionTimes = { minimumMs: 200, retryMs: 400 }
	const { gateway, sandbox } = await linkedGateway(t, { versionTimes, log: lines })
	const control = controlOf(sandbox)
	await control.demands(NEWEST, { page: { version: NEWER }, file: { version: at(BUILT_IN) } })
	await gateway.becomes('main', 'outdated')
	const { last_disconnect } = await sessionOf(gateway)
	assert.deepEqual([last_disconnect.code, last_disconnect.reason], [405, 'client_outdated'])
	assert.match(
		last_disconnect.advice,
		new RegExp(`refuses version ${NEWER} .* no newer one was found`),
	)
	assert.match(last_disconnect.advice, /The gateway looks again and connects by itself/)
	assert.equal(versionOf(gateway).refused, true)
	const [first, second] = await eventsOf(gateway)
	assert.deepEqual(first, { refused: at(BUILT_IN), version: NEWER, hint: null })
	assert.deepEqual(second, { refused: NEWER, version: null, hint: last_disconnect.advice })

	const { refused } = await control.now()
	await until('it has tried again', async () => (await control.now()).refused > refused)
	assert.equal((await eventsOf(gateway)).length, 2, 'it tells of each refused version once')
	await control.changes({ page: { version: NEWEST } })
	await gateway.becomes('main', 'open')
	assert.deepEqual(await eventsOf(gateway).then((all) => all[2]), {
		...{ refused: NEWER, version: NEWEST, hint: null },
	})
	assert.equal((await sessionOf(gateway)).last_disconnect, null)
})

test('a newer version that one session brings connects the others at once', async (t) => {
	const sandbox = await openSandbox(t)
	const control = controlOf(sandbox)
	// Nobody tries again by itself within this test.
	const versionTimes = { minimumMs: 100, retryMs: 3_600_000 }
	const gateway = await openGateway(t, { sandbox, versionTimes })
	await link(gateway, sandbox, 'a', '491700000001')
	await link(gateway, sandbox, 'b', '491700000002')
	const stale = { version: at(BUILT_IN) }
	await control.demands(NEWER, { page: stale, file: stale })
	await gateway.becomes('a', 'outdated')
	await gateway.becomes('b', 'outdated')
	await control.changes({ page: { version: NEWER } })
	await until('the new one is looked up for another number', async () => {
		await gateway.request('POST', '/api/v1/sessions', { id: 'c' })
		return versionOf(gateway).version === NEWER
	})
	await gateway.becomes('a', 'open')
	await gateway.becomes('b', 'open')
	await link(gateway, sandbox, 'c', '491700000003')
})

test('a version that the operator names is used, and no page is asked', async (t) => {
	const sandbox = await openSandbox(t)
	const control = controlOf(sandbox)
	const gateway = await openGateway(t, { sandbox, version: NEWER })
	await control.demands(NEWER)
	await link(gateway, sandbox, 'main', '491700000001')
	const { refused, page, file } = await control.now()
	assert.deepEqual([refused, page.requests, file.requests], [0, 0, 0])
	assert.deepEqual(versionOf(gateway), {
		...{ version: NEWER, origin: 'setting', checked_at: null, refused: false },
	})

	await control.demands(NEWEST)
	await gateway.becomes('main', 'outdated')
	const { advice } = (await sessionOf(gateway)).last_disconnect
	assert.match(advice, new RegExp(`refuses version ${NEWER} .*, which WHATSAPP_VERSION names`))
	assert.match(advice, /Set a newer one or remove the setting/)
	assert.equal((await control.now()).page.requests, 0)
	const { body } = await gateway.request('GET', '/api/v1/gateway/checks')
	const check = body.checks.find(({ name }: { name: string }) => name === 'version')
	assert.deepEqual([check.state, check.advice], ['wrong', advice.split('names. ')[1]])
})

test('a version that is kept is used after a restart, without a network', async (t) => {
	const sandbox = await openSandbox(t)
	const control = controlOf(sandbox)
	const gateway = await openGateway(t, { sandbox })
	await control.changes({ page: { version: NEWER } })
	await link(gateway, sandbox, 'main', '491700000001')
	assert.deepEqual([versionOf(gateway).version, versionOf(gateway).origin], [NEWER, 'whatsapp'])
	const { page } = await control.now()
	await gateway.stop()

	await control.demands(NEWER, { page: { state: 'cut' }, file: { state: 'cut' } })
	const again = await openGateway(t, { sandbox, dataDir: gateway.dataDir })
	assert.equal(again.sessions.version().version, NEWER)
	again.start()
	await again.becomes('main', 'open')
	const now = await control.now()
	assert.deepEqual(
		[now.refused, now.page.requests],
		[0, page.requests],
		'what is fresh is not asked',
	)
})

test(
	'a kept version that is damaged does not stop the gateway: it is looked up again',
	OVER_FILES,
	async (t) => {
		const { gateway, sandbox } = await linkedGateway(t)
		await gateway.stop()
		await writeFile(join(gateway.dataDir, 'client-version.json'), '{"version": 1}')
		await controlOf(sandbox).changes({ page: { version: NEWER } })
		const again = await openGateway(t, { sandbox, dataDir: gateway.dataDir })
		again.start()
		await again.becomes('main', 'open')
		assert.equal(again.sessions.version().version, NEWER)
	},
)

const badPages: [PageState, RegExp][] = [
	['html', /sends a page without it/],
	['huge', /sends a page that is too long/],
	['error', /answers 503/],
	['silent', /does not answer in time/],
	['cut', /closed the connection/],
]

for (const [state, why] of badPages)
	test(`a page of WhatsApp that does not help (${state}) leads to the next one, and then to what is built in`, async (t) => {
		const lines: string[] = []
		const sandbox = await openSandbox(t)
		const control = controlOf(sandbox)
		await control.changes({ page: { version: NEWEST, state }, file: { version: NEWER } })
		const versionTimes = { minimumMs: 0, ...(state === 'silent' && { deadlineMs: 500 }) }
		const options = { sandbox, log: lines, versionTimes }
		const gateway = await openGateway(t, options)
		await link(gateway, sandbox, 'main', '491700000001')
		assert.deepEqual([versionOf(gateway).version, versionOf(gateway).origin], [NEWER, 'baileys'])
		assert.match(lines.join(''), why)
		await gateway.stop()

		await control.changes({ file: { state } })
		const other = await openGateway(t, options)
		await link(other, sandbox, 'main', '491700000002')
		assert.deepEqual(versionOf(other), {
			...{ version: at(BUILT_IN), origin: 'built_in', checked_at: null, refused: false },
		})
		assert.equal((await control.now()).file.requests > 1, true, 'both pages were asked')
	})

test('a number that cannot be a version counts for nothing', async (t) => {
	const sandbox = await openSandbox(t)
	const control = controlOf(sandbox)
	await control.changes({ page: { version: '2.3000.0' }, file: { version: '2.3000.99999999999' } })
	const gateway = await openGateway(t, { sandbox })
	await link(gateway, sandbox, 'main', '491700000001')
	assert.equal(versionOf(gateway).origin, 'built_in')
})
