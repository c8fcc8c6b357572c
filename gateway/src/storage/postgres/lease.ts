import { randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { ClientBase } from 'pg'
import { LockedError } from '../json/lock.ts'
import type { Database } from './database.ts'
import { FencedError } from './failures.ts'

export type LeaseTimes = {
	/** How long a process that has fallen silent owns the database, in milliseconds. @default 10 s */
	leaseMs: number
	/** How often the owner renews that. @default 3 s */
	renewMs: number
	/** By so much earlier the owner stops. @default 2 s */
	marginMs: number
}

const usual: LeaseTimes = { leaseMs: 10_000, renewMs: 3_000, marginMs: 2_000 }

/** How often a start looks whether the process before it has ended. */
const LOOK_MS = 250

/** The right to use a database. Until several gateways can share one, one process has it. */
export type Lease = {
	/** The name of this process among those that have used the database. */
	node: string
	/** Whether it surely holds: nobody else can have taken the database over. */
	holds(): boolean
	/** Gives it back. */
	release(): Promise<void>
}

/** What a process says of itself, so that another one of the same machine can tell whether it lives. */
type Process = { pid: number; host: string; kernel: string | null; since: string }

type Holder = { id: string; process: string; expires: Date }

/**
 * Makes this process the only one to use a database. One that has just died is waited for.
 * @param onLost called once if another process has taken the database over
 * @throws LockedError
 */
export async function takeLease(
	database: Database,
	onLost: (error: Error) => void,
	times: Partial<LeaseTimes> = {},
): Promise<Lease> {
	const { leaseMs, renewMs, marginMs } = { ...usual, ...times }
	const node = `${hostname()}.${randomBytes(4).toString('hex')}`
	// Counted from before it was asked for, and by two clocks: one stands still while the machine is suspended, and the
	// other one can be set.
	const moment = () => ({ steady: performance.now(), wall: Date.now() })
	let last = moment()
	let isOver = false

	async function join(): Promise<Holder | undefined> {
		last = moment()
		return database.transaction((client) => claim(client, node, leaseMs))
	}

	async function waitForOther(holder: Holder): Promise<void> {
		for (let found: Holder | undefined = holder; found; found = await join()) {
			if (found.id !== holder.id || found.expires > holder.expires) throw lockedError(found)
			await pause(LOOK_MS)
		}
	}

	async function renew(): Promise<void> {
		const begun = moment()
		const rows = await database.query({
			text: `update wag.node set expires = clock_timestamp() + $2 * interval '1 ms'
				where id = $1 and not dead returning 1`,
			values: [node, leaseMs],
		})
		if (rows.length) return void (last = begun)
		if (isOver) return
		stop()
		onLost(new FencedError('another gateway has taken over the database behind STATE_URL'))
	}

	const holder = await join()
	if (holder) await waitForOther(holder)
	// A renewal that fails is followed by the next one.
	const timer = setInterval(() => void renew().catch(() => {}), renewMs).unref()

	function stop() {
		isOver = true
		clearInterval(timer)
	}

	return {
		node,
		holds() {
			const now = moment()
			const passed = Math.max(now.steady - last.steady, now.wall - last.wall)
			return !isOver && passed < leaseMs - marginMs
		},
		async release() {
			stop()
			await database.query({ text: 'delete from wag.node where id = $1', values: [node] })
		},
	}
}

/** @returns the process that has the database, if one has */
async function claim(client: ClientBase, node: string, leaseMs: number) {
	await client.query('lock table wag.node in share row exclusive mode')
	// A renewal that is under way was waited for.
	await client.query(
		'update wag.node set dead = true where not dead and expires < clock_timestamp()',
	)
	const { rows } = await client.query<Holder>(
		'select id, process, expires from wag.node where not dead',
	)
	const living = rows.find(({ process }) => !hasDiedHere(JSON.parse(process) as Process))
	if (living) return living
	await client.query('delete from wag.node')
	await client.query(
		`insert into wag.node (id, process, expires)
			values ($1, $2, clock_timestamp() + $3 * interval '1 ms')`,
		[node, JSON.stringify(thisProcess()), leaseMs],
	)
	return undefined
}

const thisProcess = (): Process => ({
	pid: process.pid,
	host: hostname(),
	kernel: kernelSpace(),
	since: new Date().toISOString(),
})

/** True for a process among whose numbers ours is, and that is gone. Others are waited for. */
function hasDiedHere({ pid, kernel }: Process): boolean {
	if (kernel === null || kernel !== kernelSpace()) return false
	if (pid === process.pid) return false
	try {
		process.kill(pid, 0)
		return false
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ESRCH'
	}
}

/** Names the running kernel, and within it the space of process numbers; null where there are no such names. */
function kernelSpace(): string | null {
	try {
		const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
		return `${boot} ${readlinkSync('/proc/self/ns/pid')}`
	} catch {
		return null
	}
}

/** @param process what a process says of itself @returns "process 12 on this-host, since …" */
export function describeProcess(process: string): string {
	const { pid, host, since } = JSON.parse(process) as Process
	return `process ${pid} on ${host}, since ${since}`
}

function lockedError({ process }: Holder) {
	return new LockedError(
		`The database behind STATE_URL is in use by ${describeProcess(process)}. Stop that gateway, or give this one a database of its own.`,
	)
}
