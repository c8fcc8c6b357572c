import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { ClientBase } from 'pg'
import { LockedError } from '../json/lock.ts'
import type { Database } from './database.ts'
import { FencedError } from './failures.ts'
import { createLeaseClock, usualTimes, type LeaseTimes } from './lease-clock.ts'
import { describeProcess, hasDiedHere, thisProcess, type Process } from './process.ts'
import type { Right } from './right.ts'

/** How often a start looks whether the process before it has ended. */
const LOOK_MS = 250

/** A node that stands in the way. */
export type Holder = { id: string; process: string; expires: Date }

/**
 * Makes this process the only one to use a database. One that has just died is waited for.
 * @param onLost called once if another process has taken the database over
 * @throws LockedError
 */
export async function takeLease(
	database: Database,
	onLost: (error: Error) => void,
	given: Partial<LeaseTimes> = {},
): Promise<Right> {
	const times = { ...usualTimes, ...given }
	const { leaseMs, renewMs } = times
	const node = `${hostname()}.${randomBytes(4).toString('hex')}`
	const clock = createLeaseClock(times)
	let isOver = false

	await outlast(async () => {
		const asked = clock.now()
		const holder = await database.transaction((client) => claim(client, node, leaseMs))
		clock.renewed(asked)
		return holder
	})
	// A renewal that fails is followed by the next one.
	const timer = setInterval(() => void renew().catch(() => {}), renewMs).unref()

	async function renew(): Promise<void> {
		const asked = clock.now()
		const rows = await database.query({
			text: `update wag.node set expires = clock_timestamp() + $2 * interval '1 ms'
				where id = $1 and not dead returning 1`,
			values: [node, leaseMs],
		})
		if (rows.length) return clock.renewed(asked)
		if (isOver) return
		stop()
		onLost(new FencedError())
	}

	function stop() {
		isOver = true
		clearInterval(timer)
	}

	return {
		holds: () => !isOver && clock.holds(),
		proofFor: () => [node, null, null],
		async release() {
			stop()
			await database.query({ text: 'delete from wag.node where id = $1', values: [node] })
		},
	}
}

/**
 * Joins as soon as nobody stands in the way.
 * @param join tells who does, if one does
 * @throws LockedError if that one lives
 */
export async function outlast(join: () => Promise<Holder | undefined>): Promise<void> {
	const holder = await join()
	for (let found = holder; found; found = await join()) {
		if (found.id !== holder!.id || found.expires > holder!.expires) throw lockedError(found)
		await pause(LOOK_MS)
	}
}

/** Leases that have run out are over. */
export const END_LEASES =
	'update wag.node set dead = true where not dead and expires < clock_timestamp()'

/** Who joins does it alone; a renewal that is under way is waited for. Leases that have run out are over. */
export async function enterAlone(client: ClientBase): Promise<void> {
	await client.query('lock table wag.node in share row exclusive mode')
	await client.query(END_LEASES)
}

/** @returns the process that has the database, if one has */
async function claim(client: ClientBase, node: string, leaseMs: number) {
	await enterAlone(client)
	const { rows } = await client.query<Holder>(
		'select id, process, expires from wag.node where not dead',
	)
	const living = rows.find(({ process }) => !hasDiedHere(JSON.parse(process) as Process))
	if (living) return living
	await client.query('delete from wag.node')
	await client.query('update wag.session set holder = null where holder is not null')
	await client.query(
		`insert into wag.node (id, process, expires)
			values ($1, $2, clock_timestamp() + $3 * interval '1 ms')`,
		[node, JSON.stringify(thisProcess()), leaseMs],
	)
	return undefined
}

function lockedError({ process }: Holder) {
	return new LockedError(
		`The database behind STATE_URL is in use by ${describeProcess(process)}. Stop that gateway, or give this one a database of its own.`,
	)
}
