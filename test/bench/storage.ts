/** Compares the storage drivers: commits of three records, with a PostgreSQL on this machine. `node test/bench/storage.ts` */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Storage } from '../../gateway/src/storage/driver.ts'
import { jsonStorage } from '../../gateway/src/storage/json/index.ts'
import { postgresStorage } from '../../gateway/src/storage/postgres/index.ts'
import { startPostgres } from '../support/postgres.ts'

const SECONDS = 3
const LOADS = [
	[1, 1],
	[1, 16],
	[16, 16],
	[32, 32],
] as const

async function measure(storage: Storage, sessions: number, parallel: number): Promise<string> {
	const names = Array.from({ length: sessions }, (_, n) => `s${sessions}.${parallel}.${n}/state`)
	const stores = await Promise.all(names.map((name) => storage.state(name, () => [])))
	const times: number[] = []
	const end = performance.now() + SECONDS * 1000
	let count = 0
	const commitOnAndOn = async (_: unknown, worker: number) => {
		while (performance.now() < end) {
			const id = String(count++)
			const begun = performance.now()
			await stores[worker % sessions]!.commit([
				{ collection: 'message/2026-11-27', id, value: 'x'.repeat(2_000) },
				{ collection: 'event', id, value: 'y'.repeat(500) },
				{ collection: 'meta', id: `seq ${worker}`, value: count },
			])
			times.push(performance.now() - begun)
		}
	}
	await Promise.all(Array.from({ length: parallel }, commitOnAndOn))
	await Promise.all(stores.map((store) => store.close()))
	times.sort((one, other) => one - other)
	const at = (share: number) => times[Math.floor(times.length * share)]!.toFixed(1)
	return `${at(0.5)} / ${at(0.99)} ms, ${Math.round(times.length / SECONDS)}/s`
}

const directory = await mkdtemp(join(tmpdir(), 'gateway-'))
const server = await startPostgres(directory)
const drivers = {
	json: await jsonStorage(join(directory, 'json'), { onLost: assert.fail }),
	postgres: await postgresStorage(await server.database(), { onLost: assert.fail }),
}
console.log('| sessions × parallel | json | postgres |\n|---|---|---|')
for (const [sessions, parallel] of LOADS) {
	const json = await measure(drivers.json, sessions, parallel)
	const postgres = await measure(drivers.postgres, sessions, parallel)
	console.log(`| ${sessions} × ${parallel} | ${json} | ${postgres} |`)
}
for (const storage of Object.values(drivers)) await storage.close()
await server.stop()
await rm(directory, { recursive: true })
