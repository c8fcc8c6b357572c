import { randomBytes } from 'node:crypto'
import type { ClientBase } from 'pg'
import type { Database } from './database.ts'
import { persist } from './failures.ts'
import { createLeaseClock, usualTimes, type LeaseTimes } from './lease-clock.ts'
import { enterAlone, outlast, type Holder } from './lease.ts'
import { thisProcess } from './process.ts'

/** How often it is looked whether the lease holds, besides at each frame. */
const LOOK_MS = 250

export type NodeOptions = {
	/** The beginning of its name. */
	name: string
	/** Where others reach it. */
	address: string
	times?: Partial<LeaseTimes> | undefined
}

/** This process as one of the nodes that share a database. */
export type SharedLease = Awaited<ReturnType<typeof joinNodes>>

// What has run out cannot be renewed: others may have seen that.
const RENEW = `update wag.node set expires = clock_timestamp() + $2 * interval '1 ms'
	where id = $1 and not dead and expires > clock_timestamp() returning 1`

/**
 * Becomes a node: its lease is renewed until it is lost or given back.
 * @throws LockedError if a gateway has the database for itself
 */
export async function joinNodes(database: Database, { name, address, ...options }: NodeOptions) {
	const times = { ...usualTimes, ...options.times }
	const { leaseMs, renewMs } = times
	const clock = createLeaseClock(times)
	const listeners = new Set<() => void>()
	let id = ''
	let isMember = false

	/** Each time under another name: what the last one had is not its own. */
	async function join(): Promise<void> {
		const next = `${name}.${randomBytes(4).toString('hex')}`
		const values = [next, JSON.stringify(thisProcess()), address, leaseMs]
		await outlast(async () => {
			const asked = clock.now()
			const holder = await database.transaction((client) => enter(client, values))
			clock.renewed(asked)
			return holder
		})
		id = next
		isMember = true
	}

	async function renew(): Promise<boolean> {
		const asked = clock.now()
		const rows = await database.query({ text: RENEW, values: [id, leaseMs] })
		if (!isMember) return false
		if (rows.length) clock.renewed(asked)
		else lose()
		return rows.length > 0
	}

	function lose() {
		if (!isMember) return
		isMember = false
		for (const listener of listeners) listener()
	}

	const holds = () => isMember && clock.holds()
	await join()
	// A renewal that fails is followed by the next one.
	const renewing = setInterval(() => void (isMember && renew().catch(() => {})), renewMs).unref()
	const looking = setInterval(() => void (holds() || lose()), LOOK_MS).unref()

	return {
		id: () => id,
		holds,
		/** Renews it now. @returns whether it holds @throws if the database does not answer */
		renew,
		/** Calls the listener when it is lost. */
		onLost: (listener: () => void) => void listeners.add(listener),
		/** Becomes a node again after the lease was lost. Waits until the database answers. */
		rejoin: () => persist(join, () => true),
		/** Gives it back. */
		async leave() {
			isMember = false
			clearInterval(renewing)
			clearInterval(looking)
			// Its row stays for those that find its name in a session.
			await database.query({ text: 'update wag.node set dead = true where id = $1', values: [id] })
		},
	}
}

/** @returns the process that has the database for itself, if one has */
async function enter(client: ClientBase, values: unknown[]): Promise<Holder | undefined> {
	await enterAlone(client)
	const { rows } = await client.query<Holder>(
		'select id, process, expires from wag.node where not dead and not shares',
	)
	if (rows[0]) return rows[0]
	await client.query(
		`insert into wag.node (id, process, address, expires, shares)
			values ($1, $2, $3, clock_timestamp() + $4 * interval '1 ms', true)`,
		values,
	)
	await client.query(MAKE_KNOWN)
	return undefined
}

/** Sessions that were made while one gateway had the database for itself. */
const MAKE_KNOWN = `insert into wag.session (id)
	select substr(name, length('sessions/') + 1) from wag.document
	where name like 'sessions/%' and name not like 'sessions/%/%' on conflict do nothing`
