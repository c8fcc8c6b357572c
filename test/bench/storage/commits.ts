import { join } from 'node:path'
import type { StateStore, Storage } from '../../../gateway/src/storage/driver.ts'
import { jsonStorage } from '../../../gateway/src/storage/json/index.ts'
import { postgresStorage } from '../../../gateway/src/storage/postgres/index.ts'
import { percentilesOf } from '../measure/percentiles.ts'
import { ratio, refuseLoss, type Place } from './place.ts'

const TURNS = 6
const TURN_MS = 1_000
const LOADS = [
	[1, 1],
	[1, 16],
	[16, 16],
	[32, 32],
] as const

/** Commits of three records, over and over for a turn. @returns how long each took, in milliseconds */
async function commitFor(stores: StateStore[], parallel: number): Promise<number[]> {
	const times: number[] = []
	const end = performance.now() + TURN_MS
	let count = 0
	const commitOnAndOn = async (_: unknown, worker: number) => {
		while (performance.now() < end) {
			const id = `${end} ${count++}`
			const begun = performance.now()
			await stores[worker % stores.length]!.commit([
				{ collection: 'message/2026-11-27', id, value: 'x'.repeat(2_000) },
				{ collection: 'event', id, value: 'y'.repeat(500) },
				{ collection: 'meta', id: `seq ${worker}`, value: count },
			])
			times.push(performance.now() - begun)
		}
	}
	await Promise.all(Array.from({ length: parallel }, commitOnAndOn))
	return times
}

const figuresOf = (times: number[]) => {
	const { p50, p99 } = percentilesOf(times)
	return { p50, p99, rate: (times.length / TURNS / TURN_MS) * 1000 }
}

/** Durable commits of three records (2 kB, 0.5 kB, a counter). */
export async function commits({ directory, server }: Place): Promise<void> {
	const drivers: Storage[] = [
		await jsonStorage(join(directory, 'json'), { onLost: refuseLoss }),
		await postgresStorage(await server.database(), { onLost: refuseLoss }),
	]
	console.log(
		'| sessions × parallel | p50 json → postgres | p99 json → postgres | commits/s json → postgres |',
	)
	console.log('|---|---|---|---|')
	for (const [sessions, parallel] of LOADS) {
		const names = Array.from({ length: sessions }, (_, n) => `s${sessions}.${parallel}.${n}/state`)
		const stores = await Promise.all(
			drivers.map((driver) => Promise.all(names.map((name) => driver.state(name, () => [])))),
		)
		const times: [number[], number[]] = [[], []]
		for (let turn = 0; turn < TURNS; turn++)
			for (const which of turn % 2 ? [1, 0] : [0, 1])
				times[which]!.push(...(await commitFor(stores[which]!, parallel)))
		const [json, postgres] = [figuresOf(times[0]), figuresOf(times[1])]
		const row = [
			`${ratio(postgres.p50, json.p50)} × (${json.p50.toFixed(2)} → ${postgres.p50.toFixed(2)} ms)`,
			`${ratio(postgres.p99, json.p99)} × (${json.p99.toFixed(1)} → ${postgres.p99.toFixed(1)} ms)`,
			`${ratio(postgres.rate, json.rate)} × (${Math.round(json.rate)} → ${Math.round(postgres.rate)})`,
		]
		console.log(`| ${sessions} × ${parallel} | ${row.join(' | ')} |`)
		await Promise.all(stores.flat().map((store) => store.close()))
	}
	for (const driver of drivers) await driver.close()
}
