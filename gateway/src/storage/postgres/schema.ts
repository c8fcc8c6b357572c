import type { ClientBase } from 'pg'
import { NewerFormatError } from '../json/format.ts'

/** Only one process changes the schema at a time. */
const MIGRATION_LOCK = 870_913

/**
 * The changes of the schema, the oldest first. Add to them, never change one: older databases have had it. Code reads
 * what the change before the last has left, so that gateways of two versions can run while they are replaced.
 */
const migrations = [
	`
	-- A row for each running process. Only the server's clock counts.
	create table wag.node (
		id text primary key,
		process text not null,
		address text,
		expires timestamptz not null,
		drains boolean not null default false,
		dead boolean not null default false
	);
	-- What is owned and fenced: the state of a session. A takeover raises the epoch. done counts the changes that were
	-- ever committed: it orders them, tells whether a commit was made, and shows when commits were lost.
	create table wag.state (
		no integer generated always as identity primary key,
		name text collate "C" not null unique,
		holder text,
		epoch bigint not null,
		done bigint not null,
		-- Names the key with which its records are encrypted; empty without one.
		key text not null,
		-- False while it is being copied here.
		ready boolean not null default true
	) with (fillfactor = 50);
	-- n orders the records of a collection by their first writing. The value is what the cipher gives.
	create table wag.record (
		state integer not null,
		collection text collate "C" not null,
		id text collate "C" not null,
		n bigint not null,
		value text not null,
		primary key (state, collection, id)
	) partition by hash (state);
	do $$ begin
		for part in 0..15 loop
			execute format(
				'create table wag.record_%s partition of wag.record for values with (modulus 16, remainder %s)', part, part
			);
		end loop;
	end $$;
	create table wag.document (
		name text collate "C" primary key,
		version bigint not null,
		data text not null
	);
	`,
	`
	-- The side of a move that is not finished, or that has taken the state elsewhere. One row, or none.
	create table wag.move (
		kind text not null,
		move text not null,
		other text not null
	);
	`,
	`
	-- A node that shares the database with others, and not one that has all of it.
	alter table wag.node add column shares boolean not null default false;
	-- Which node of a cluster has a session: its documents and its state. A claim raises the epoch.
	create table wag.session (
		id text collate "C" primary key,
		holder text,
		epoch bigint not null default 0,
		-- When it was left by the last one.
		freed timestamptz not null default clock_timestamp()
	) with (fillfactor = 50);
	create index on wag.session (holder);
	`,
	`
	-- Where the state was when it was last used, so that a copy of it is known as one. One row.
	create table wag.place (
		-- Names the cluster; null where the role may not read that.
		system text,
		database bigint not null,
		state bigint not null
	);
	`,
	`
	-- The rest of the limits of keys, in all nodes together, until a window ends. It may be lost in a crash.
	create unlogged table wag.quota (
		name text collate "C" primary key,
		ends timestamptz not null,
		-- The block of the node that asked last, and the rest after it.
		granted int not null,
		remaining int not null
	) with (fillfactor = 50);
	`,
]

/**
 * Brings the schema of a database to what this version needs, within a transaction of the caller.
 * @throws NewerFormatError
 */
export async function upgradeSchema(client: ClientBase, known: readonly string[] = migrations) {
	await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
	await client.query('create schema if not exists wag')
	await client.query(
		'create table if not exists wag.migration (version int primary key, at timestamptz not null default now())',
	)
	const { rows } = await client.query<{ version: number }>(
		'select coalesce(max(version), 0) as version from wag.migration',
	)
	const { version } = rows[0]!
	if (version > known.length) throw newer(version, known.length)
	for (let next = version; next < known.length; next++) {
		await client.query(known[next]!)
		await client.query('insert into wag.migration (version) values ($1)', [next + 1])
	}
}

const newer = (version: number, known: number) =>
	new NewerFormatError(
		`The database behind STATE_URL has the schema ${version} of a newer gateway; this one knows schemas up to ${known}. Start that version or a later one, or restore a backup from before the upgrade. Nothing was changed.`,
	)
