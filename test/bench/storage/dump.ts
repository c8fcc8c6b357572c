import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { postgresStorage } from '../../../gateway/src/storage/postgres/index.ts'
import { percentilesOf } from '../measure/percentiles.ts'
import { ratio, refuseLoss, type Place } from './place.ts'

const SESSIONS = 8
/** Before anything is measured: a dump takes some seconds. */
const RECORDS = 400_000
const BATCH = 1_000
const SECONDS = Number(process.env.SECONDS ?? 20)
/** Between two commits of a session: a busy one, and far below the limits of the database. */
const BETWEEN_MS = 20

/** How long commits take while `pg_dump` runs over and over, and without it. `SECONDS=600` for each. */
export async function dump({ directory, server }: Place): Promise<void> {
	const url = await server.database()
	const storage = await postgresStorage(url, { onLost: refuseLoss })
	const names = Array.from({ length: SESSIONS }, (_, n) => `sessions/${n}/state`)
	const stores = await Promise.all(names.map((name) => storage.state(name, () => [])))
	const change = (id: string) => ({ collection: 'message/2026-11-28', id, value: 'x'.repeat(500) })
	for (let n = 0; n < RECORDS; n += BATCH)
		await stores[n % SESSIONS]!.commit(
			Array.from({ length: BATCH }, (_, at) => change(`old ${n + at}`)),
		)

	async function commitFor(seconds: number): Promise<number[]> {
		const times: number[] = []
		const end = performance.now() + seconds * 1000
		const commitOnAndOn = async (store: (typeof stores)[number]) => {
			while (performance.now() < end) {
				const begun = performance.now()
				await store.commit([change(`new ${begun}`)])
				times.push(performance.now() - begun)
				await pause(BETWEEN_MS)
			}
		}
		await Promise.all(stores.map(commitOnAndOn))
		return times
	}

	const alone = percentilesOf(await commitFor(SECONDS))
	let isGoing = true
	let dumps = 0
	const dumping = (async () => {
		for (; isGoing; dumps++) await server.dump(url, join(directory, 'dump'))
	})()
	const beside = percentilesOf(await commitFor(SECONDS))
	isGoing = false
	await dumping
	console.log(
		`commits beside pg_dump, ${dumps} dumps in ${SECONDS} s: p50 ${ratio(beside.p50, alone.p50)} × (${alone.p50.toFixed(1)} → ${beside.p50.toFixed(1)} ms), p99 ${alone.p99.toFixed(1)} → ${beside.p99.toFixed(1)} ms`,
	)
	await storage.close()
}
