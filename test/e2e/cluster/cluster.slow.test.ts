import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { until } from '../../support/wait.ts'
import { watchedSandbox } from './support/watched-sandbox.ts'
import { openClusterWorld, type ClusterNode } from './support/world.ts'

/** `SESSIONS=100` measures what `docs/running-it-larger.md` says. */
const SESSIONS = Number(process.env.SESSIONS ?? 9)
/** `PAUSES=200` likewise. */
const PAUSES = Number(process.env.PAUSES ?? 1)
/** Between two messages of a session each way: a machine has so much to give. `EVERY=1000` leaves room for several runs. */
const EVERY_MS = Number(process.env.EVERY ?? SESSIONS * 20)
const PATIENCE = { timeout: 60_000 }

test('three gateways that start at once make one admin key and one secret, and each session is at one of them', async (t) => {
	const world = await openClusterWorld(t)
	const withoutKey = { ADMIN_KEY: '' }
	const nodes = await Promise.all([1, 2, 3].map(() => world.start(withoutKey)))
	const documentOf = async (name: string) => {
		const rows = await world.sql<{ data: string }>(
			'select data from wag.document where name = $1',
			[name],
		)
		return rows[0] && JSON.parse(rows[0].data)
	}
	const keys = await until('there is an admin key', () => documentOf('keys'))
	assert.equal(keys.length, 1)
	const outputs = await Promise.all(nodes.map(({ log }) => readFile(log, 'utf8')))
	assert.equal(outputs.filter((output) => /API key with full access/.test(output)).length, 1)
	assert.ok((await documentOf('media-links')).secret)
	assert.deepEqual(
		await world.sql('select version from wag.document where name = $1', ['media-links']),
		[{ version: '1' }],
	)
	await Promise.all(nodes.map((node) => node.kill()))

	await world.sql(
		`insert into wag.session (id) select 's' || n from generate_series(1, $1) n`,
		[60],
	)
	await world.sql(`update wag.node set expires = clock_timestamp() - interval '1 ms'`)
	const again = await Promise.all([1, 2, 3].map(() => world.start()))
	await until(
		'every session is at a node',
		async () => [...(await world.owners()).values()].every((owner) => owner !== null),
		PATIENCE,
	)
	const here = async (node: (typeof again)[number]) => {
		const { sessions } = await node.request<{ sessions: Record<string, number> }>('GET', '/ready')
		return Object.values(sessions).reduce((sum, count) => sum + count, 0)
	}
	const spread = await until('all are open', async () => {
		const counts = await Promise.all(again.map(here))
		return counts.reduce((sum, count) => sum + count, 0) === 60 && counts
	})
	const counts = await world.spread()
	assert.deepEqual(
		spread,
		again.map(({ name }) => counts[name] ?? 0),
	)
	t.diagnostic(`sessions of each: ${spread.join(', ')}`)
})

test('a gateway that is told to stop gives its sessions to another, and nobody is thrown out', async (t) => {
	const world = await openClusterWorld(t)
	const first = await world.start()
	await world.link(first, SESSIONS)
	const second = await world.start()
	const traffic = world.startTraffic(EVERY_MS)
	await traffic.underWay()
	const ended = once(first.process, 'exit')
	const begun = performance.now()
	first.process.kill('SIGTERM')
	const [code] = await ended
	const ms = performance.now() - begun
	assert.equal(code, 0)
	await world.untilAllOpen()
	assert.deepEqual(await world.spread(), { [second.name]: SESSIONS })
	await traffic.stop()
	await world.assertNothingLost()
	assert.equal(world.replacements(), 0)
	t.diagnostic(
		`gone after ${(ms / 1000).toFixed(1)} s; longest send of each session: ${world.longest()}`,
	)
})

test('the sessions of a gateway that was killed open at the others, and nothing is lost', async (t) => {
	const world = await openClusterWorld(t)
	const first = await world.start()
	await world.link(first, SESSIONS)
	const others = [await world.start(), await world.start()]
	const traffic = world.startTraffic(EVERY_MS)
	await traffic.underWay()
	const begun = performance.now()
	await first.kill()
	await world.untilTakenOver(first)
	await world.untilAllOpen()
	const ms = performance.now() - begun
	const spread = await world.spread()
	assert.ok(others.every(({ name }) => spread[name]! > 0))
	await traffic.stop()
	await world.assertNothingLost()
	assert.equal(world.replacements(), 0)
	t.diagnostic(
		`all open after ${(ms / 1000).toFixed(1)} s; longest send of each session: ${world.longest()}`,
	)
})

test('a gateway that wakes after others have taken over sends nothing more, and begins anew without sessions', async (t) => {
	const world = await openClusterWorld(t)
	const startWatched = async () => {
		const { url, count } = await watchedSandbox(t, world.sandbox)
		return { ...(await world.start({}, url)), count }
	}
	let paused = await startWatched()
	await world.link(paused, SESSIONS)
	let other = await startWatched()
	const nodeOf = async ({ address }: ClusterNode) =>
		(
			await world.sql<{ id: string }>('select id from wag.node where address = $1 and not dead', [
				address,
			])
		)[0]?.id
	const traffic = world.startTraffic(EVERY_MS)
	await traffic.underWay()
	const counts: (() => number)[] = []
	for (let pause = 0; pause < PAUSES; pause++) {
		const before = await nodeOf(paused)
		paused.process.kill('SIGSTOP')
		// Its earlier frames arrive within a moment; its lease lasts for ten seconds.
		await setTimeout(1_000)
		const sent = paused.count()
		counts.push(sent)
		await until(
			'its sessions are at the other one',
			async () => (await world.spread())[other.name] === SESSIONS,
			PATIENCE,
		)
		await world.untilAllOpen()
		paused.process.kill('SIGCONT')
		const after = await until('it is a node again', () => nodeOf(paused), PATIENCE)
		assert.notEqual(after, before)
		assert.equal(sent(), 0)
		assert.deepEqual(await world.spread(), { [other.name]: SESSIONS })
		await until('it takes sessions', async () => (await fetch(`${paused.url}/ready`)).ok)
		;[paused, other] = [other, paused]
	}
	await traffic.stop()
	await world.assertNothingLost()
	assert.deepEqual(await world.spread(), { [paused.name]: SESSIONS })
	assert.ok(counts.every((sent) => sent() === 0))
	assert.equal((await other.request<{ status: string }>('GET', '/ready')).status, 'ready')
	// WhatsApp still has the connection of a paused gateway, and closes it when another one logs in.
	assert.ok(world.replacements() <= PAUSES * SESSIONS)
	t.diagnostic(`paused ${PAUSES} times; longest send of each session: ${world.longest()}`)
})
