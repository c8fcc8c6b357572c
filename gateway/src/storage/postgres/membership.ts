import type { Membership, SessionOwner, Spread } from '../membership.ts'
import { DamagedError, type Shape } from '../driver.ts'
import type { PlaceCipher } from '../json/encryption.ts'
import type { Database } from './database.ts'
import { documentCodec } from './documents.ts'
import { FencedError, persist, postgresFailed } from './failures.ts'
import { END_LEASES } from './lease.ts'
import type { SharedLease } from './node.ts'
import { OPENED_CHANNEL, SESSION_CHANNEL, type Notices } from './notices.ts'
import { GUARD, type Proof, type Right } from './right.ts'
import { sharedQuota } from './shared-quota.ts'

/** A session that no node has for so long is for whoever has room. */
const LEFT_OVER_MS = 5_000

/** The row of a node whose lease is over is kept for so long; its sessions are freed long before. */
const FORGET_AFTER = `interval '1 hour'`

const tell = (session: string) => `pg_notify('${SESSION_CHANNEL}', ${session})`

const CREATE = `${GUARD},
	made as (
		insert into wag.session (id, holder, epoch) select $4, me.id, 1 from me
		on conflict do nothing returning id)
	select (select ${tell('id')} from made) as told, exists (select from made) as made, exists (select from me) as holds`

// Rows that somebody else is claiming or freeing are passed over, and nothing but the locked row decides: a join with the
// nodes would be read as it was before the lock was waited for.
const CLAIM = `${GUARD},
	free as (
		select s.id from wag.session s, me where s.holder is null and s.id <> all($5::text[])
		order by s.id = any($6::text[]) desc, s.freed, s.id limit $4 for update of s skip locked)
	update wag.session s set holder = me.id, epoch = s.epoch + 1 from free, me where s.id = free.id
	returning s.id, s.epoch, ${tell('s.id')} as told`

const RELEASE = `update wag.session set holder = null, freed = clock_timestamp()
	where id = $1 and holder = $2 and epoch = $3 returning ${tell('id')} as told`

// A statement of its own: it sees what the dead had claimed up to the last moment.
const FREE = `update wag.session s set holder = null, freed = clock_timestamp() from wag.node n
	where n.dead and s.holder = n.id returning ${tell('s.id')} as told`

const FORGET = `delete from wag.node n where n.dead and n.expires < clock_timestamp() - ${FORGET_AFTER}
	and not exists (select from wag.session s where s.holder = n.id)`

const SPREAD = `select count(*)::int as sessions,
		count(*) filter (where holder is null)::int as free,
		count(*) filter (where holder is null and freed < clock_timestamp() - $2 * interval '1 ms')::int as "leftOver",
		count(*) filter (where holder = $1)::int as own,
		(select count(*)::int from wag.node where shares and not dead and not drains) as nodes
	from wag.session`

const OWNER = `select s.epoch, n.id as node, n.address, n.drains from wag.session s
	left join wag.node n on n.id = s.holder and not n.dead where s.id = $1`

const RECORDS = `select s.id, d.name, d.data from wag.session s
	join wag.document d on d.name = 'sessions/' || s.id order by s.id`

const OWN = 'select id, epoch from wag.session where holder = $1'

export type MembershipDeps = {
	database: Database
	lease: SharedLease
	notices: Notices
	address: string
	cipher: PlaceCipher | undefined
}

/** Which sessions this node has, and the right to write to them. */
export function createMembership({ database, lease, notices, address, cipher }: MembershipDeps): {
	membership: Membership
	right: Right
} {
	const epochs = new Map<string, number>()
	lease.onLost(() => epochs.clear())
	const unowned = (): Proof => [lease.id(), null, null]
	const surely = <T>(attempt: () => Promise<T>) =>
		persist(attempt, lease.holds).catch((error) => {
			throw postgresFailed(error, 'The database behind STATE_URL cannot be used')
		})

	const right: Right = {
		holds: lease.holds,
		proofFor(name) {
			const session = sessionOf(name)
			return session === undefined ? unowned() : [lease.id(), session, epochs.get(session) ?? -1]
		},
		release: lease.leave,
	}

	const membership: Membership = {
		address,
		node: lease.id,
		holds: lease.holds,
		epochOf: (session) => epochs.get(session),
		async create(session) {
			const values = [...unowned(), session]
			type Made = { made: boolean; holds: boolean }
			const [row] = await surely(() => database.query<Made>({ text: CREATE, values }))
			if (!row!.holds) throw postgresFailed(new FencedError('this gateway has lost its lease'))
			if (row!.made) epochs.set(session, 1)
			return row!.made
		},
		async claim(most, except, first = []) {
			const values = [...unowned(), most, except, first]
			const node = lease.id()
			type Claimed = { id: string; epoch: number }
			const rows = await database.query<Claimed>({ name: 'wag-claim', text: CLAIM, values })
			// The lease may have been lost meanwhile.
			if (node !== lease.id() || !lease.holds()) return []
			for (const { id, epoch } of rows) epochs.set(id, epoch)
			return rows.map(({ id }) => id)
		},
		async release(session) {
			const epoch = epochs.get(session)
			if (epoch === undefined) return
			epochs.delete(session)
			const values = [session, lease.id(), epoch]
			await surely(() => database.query({ name: 'wag-release', text: RELEASE, values }))
		},
		async tellOpened(session) {
			const text = `select pg_notify('${OPENED_CHANNEL}', $1)`
			await database.query({ name: 'wag-opened', text, values: [session] })
		},
		async buryDead() {
			await database.query({ text: END_LEASES })
			await database.query({ text: FREE })
			await database.query({ text: FORGET })
		},
		async findLost() {
			const known = new Map(epochs)
			const rows = await database.query<{ id: string; epoch: number }>({
				text: OWN,
				values: [lease.id()],
			})
			const own = new Map(rows.map(({ id, epoch }) => [id, epoch]))
			return [...known].flatMap(([id, epoch]) => (own.get(id) === epoch ? [] : id))
		},
		async spread() {
			const values = [lease.id(), LEFT_OVER_MS]
			const [row] = await database.query<Spread>({ name: 'wag-spread', text: SPREAD, values })
			return row!
		},
		async ownerOf(session) {
			type Row = { epoch: number } & (SessionOwner | { node: null })
			const [row] = await surely(() =>
				database.query<Row>({ name: 'wag-owner', text: OWNER, values: [session] }),
			)
			if (!row) return undefined
			return row.node === null ? null : row
		},
		async records<T>(shape: Shape<T>) {
			const rows = await surely(() =>
				database.query<{ id: string; name: string; data: string }>({ text: RECORDS }),
			)
			return rows.map(({ id, name, data }) => {
				try {
					return { session: id, data: documentCodec(name, cipher).decode(data, shape) }
				} catch (error) {
					if (error instanceof DamagedError) return { session: id, data: undefined }
					throw error
				}
			})
		},
		takeBlock: sharedQuota((statement) => surely(() => database.query(statement))),
		async drain() {
			const text = 'update wag.node set drains = true where id = $1'
			await surely(() => database.query({ text, values: [lease.id()] }))
		},
		prove: lease.renew,
		onLost: lease.onLost,
		rejoin: lease.rejoin,
		onChange: notices.onSession,
		onOpened: notices.onOpened,
	}
	return { membership, right }
}

/** The session to which a document or a state belongs; undefined for what belongs to all. */
function sessionOf(name: string): string | undefined {
	const [room, session] = name.split('/')
	return room === 'sessions' || room === 'webhooks' ? session : undefined
}
