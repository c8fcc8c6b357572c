import { setTimeout as pause } from 'node:timers/promises'
import type { TestContext } from 'node:test'
import { postgresStorage } from '../../../gateway/src/storage/postgres/index.ts'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { openTcpProxy, type Way } from '../../support/net/tcp-proxy.ts'
import { throughPort, withClient } from '../../support/postgres.ts'
import { until } from '../../support/wait.ts'
import { percentilesOf } from '../measure/percentiles.ts'
import { refuseLoss, withContext, type Place } from './place.ts'

const CUTS = 1_000
const SESSIONS = 8
const AWAYS = 3
const AWAY_MS = 4_000

/** Commits of two records that are cut at any moment: each must be there, once and whole. */
async function cutCommits(t: TestContext, { server }: Place): Promise<void> {
	const url = await server.database()
	const proxy = await openTcpProxy(t, server.port)
	const storage = await postgresStorage(throughPort(url, proxy.port), {
		onLost: refuseLoss,
		times: { leaseMs: 60_000 },
	})
	const names = Array.from({ length: SESSIONS }, (_, n) => `sessions/${n}/state`)
	const stores = await Promise.all(names.map((name) => storage.state(name, () => [])))
	let isGoing = true
	const times: number[] = []
	const counts = stores.map(async (store) => {
		let n = 0
		for (; isGoing; n++) {
			const begun = performance.now()
			await store.commit(['a', 'b'].map((collection) => ({ collection, id: String(n), value: n })))
			times.push(performance.now() - begun)
		}
		return n
	})
	const ways: Way[] = ['answers-lost', 'requests-lost', 'through']
	for (let cut = 0; cut < CUTS; cut++) {
		proxy.goes(ways[cut % ways.length]!)
		await pause(Math.random() * 5)
		proxy.cut()
		proxy.goes('through')
		const before = times.length
		await until('it goes on', () => times.length > before, { timeout: 60_000 })
	}
	isGoing = false
	let [acknowledged, lost, torn, twice] = [0, 0, 0, 0]
	for (const [n, count] of (await Promise.all(counts)).entries()) {
		const [a, b] = [await stores[n]!.list('a'), await stores[n]!.list('b')]
		const query = {
			text: 'select done::int as done from wag.state where name = $1',
			values: [names[n]],
		}
		const { rows } = await withClient(url, (client) => client.query<{ done: number }>(query))
		acknowledged += count
		lost += Math.max(0, count - a.size)
		torn += Math.abs(a.size - b.size)
		twice += Math.max(0, rows[0]!.done - 2 * count)
	}
	await storage.close()
	const longest = Math.round(percentilesOf(times).p99)
	console.log(
		`${CUTS} cuts under ${acknowledged} commits: ${lost} lost, ${torn} torn, ${twice} twice; p99 ${longest} ms, longest ${Math.round(Math.max(...times))} ms`,
	)
}

/** The engine is away for some seconds while messages are sent and come in. */
async function awayForSeconds(t: TestContext, { server }: Place): Promise<void> {
	const proxy = await openTcpProxy(t, server.port)
	const stateUrl = throughPort(await server.database(), proxy.port)
	const { gateway, owner, ada } = await linkedGateway(t, { stateUrl, sendTimeout: 60 })
	let isGoing = true
	const statuses: number[] = []
	const traffic = (async () => {
		for (let n = 0; isGoing; n++) {
			const body = { to: ada.account.phone, text: `out ${n}` }
			const path = '/api/v1/sessions/main/messages/text'
			const { status } = await gateway.request('POST', path, body)
			statuses.push(status)
			// A session that has stopped refuses at once.
			if (status !== 200) await pause(200)
			await ada.says(`in ${n}`, { to: owner })
		}
	})()
	for (let n = 0; n < AWAYS; n++) {
		await pause(1_500)
		proxy.close()
		proxy.cut()
		await pause(AWAY_MS)
		proxy.open()
	}
	await pause(1_500)
	isGoing = false
	await traffic
	await ada.receives(`out ${statuses.length - 1}`)
	const session = gateway.sessions.get('main')
	const count = async () =>
		(await session.events(0, 100_000)).filter(({ type }) => type === 'message.received').length
	const isThere = async () => (await count()) >= statuses.length
	await until('all are there', isThere, { timeout: 30_000 }).catch(() => {})
	const events = await session.events(0, 100_000)
	const came = await count()
	const closed = events.filter(
		({ type, data }) => type === 'session.status' && 'status' in data && data.status !== 'open',
	)
	const linking = closed.filter(({ seq }) => seq < 10).length
	const failed = statuses.filter((status) => status !== 200).length
	console.log(
		`away ${AWAYS} × ${AWAY_MS / 1000} s: ${closed.length - linking} sockets closed, ${statuses.length} messages sent, ${failed} of them refused, ${statuses.length - came} of ${statuses.length} incoming ones lost`,
	)
}

export const interruptions = (place: Place): Promise<void> =>
	withContext(async (t) => {
		await cutCommits(t, place)
		await awayForSeconds(t, place)
	})
