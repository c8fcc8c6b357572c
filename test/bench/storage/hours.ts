import { setTimeout as pause } from 'node:timers/promises'
import { openClusterWorld } from '../../e2e/cluster/support/world.ts'
import { residentMb } from '../measure/usage.ts'
import { withContext } from './place.ts'

const SESSIONS = 50
/** Messages of all sessions, both ways. */
const A_SECOND = 10
const MINUTES = Number(process.env.MINUTES ?? 3)
const EVERY_MS = (2 * SESSIONS * 1000) / A_SECOND

/** The part of the tables of records that holds nothing. */
const FREE = `select (sum(t.free_space + t.dead_tuple_len) / nullif(sum(t.table_len), 0))::float as free,
		sum(t.table_len)::float as bytes
	from pg_inherits i, lateral pgstattuple(i.inhrelid) t where i.inhparent = 'wag.record'::regclass`

/** The memory of a gateway and the size of its database, minute by minute. `MINUTES=1440` is a day. */
export const hours = (): Promise<void> =>
	withContext(async (t) => {
		const world = await openClusterWorld(t)
		await world.sql('create extension pgstattuple')
		const node = await world.start()
		await world.link(node, SESSIONS)
		const traffic = world.startTraffic(EVERY_MS)
		await traffic.underWay()
		for (let minute = 0; minute <= MINUTES; minute++) {
			if (minute > 0) await pause(60_000)
			const [row] = await world.sql<{ free: number; bytes: number }>(FREE)
			const messages = world.lines.reduce(
				(sum, { sent, said }) => sum + sent.length + said.length,
				0,
			)
			console.log(
				`minute ${minute}: ${messages} messages, RSS ${Math.round(residentMb(node.process.pid!))} MB, records ${(row!.bytes / 1e6).toFixed(1)} MB, ${Math.round(100 * row!.free)} % of it free`,
			)
		}
		await traffic.stop()
		await world.assertNothingLost()
	})
