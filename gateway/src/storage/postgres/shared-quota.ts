import type { TakeBlock } from '../../lib/quota.ts'
import type { Statement } from './database.ts'

/** More parts cost more statements; with fewer, a node holds more that the others cannot use. */
const PARTS = 10

type Row = { granted: number; left: number; ms: number }

// A row for each name that was ever counted, which is begun anew in the next window. The columns are computed from the
// row as it was, whatever their order.
const TAKE = `insert into wag.quota as q (name, ends, granted, remaining)
	values ($1, clock_timestamp() + $2 * interval '1 s', $3, $4::int - $3)
	on conflict (name) do update set
		ends = case when q.ends <= clock_timestamp() then excluded.ends else q.ends end,
		granted = case when q.ends <= clock_timestamp() then $3 else least($3, q.remaining) end,
		remaining = case when q.ends <= clock_timestamp() then $4 - $3 else q.remaining - least($3, q.remaining) end
	returning granted, remaining as left, (extract(epoch from ends - clock_timestamp()) * 1000)::int as ms`

/** Takes blocks out of windows that all nodes share. The clock of the database counts. */
export function sharedQuota(query: (statement: Statement) => Promise<Row[]>): TakeBlock {
	return async (name, { most, windowSeconds }) => {
		const part = Math.max(1, Math.floor(most / PARTS))
		const values = [name, windowSeconds, part, most]
		const [row] = await query({ name: 'wag-quota', text: TAKE, values })
		const { granted, left, ms } = row!
		return { granted, left, endsAt: Date.now() + Math.max(1, ms) }
	}
}
