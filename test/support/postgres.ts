import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chown, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import pg from 'pg'
import { run } from './command.ts'
import { atEnd, temporaryDirectory } from './directories.ts'
import { freePort } from './ports.ts'
import { until } from './wait.ts'

/** Where Debian has the programs of its newest PostgreSQL. */
export async function postgresPrograms(): Promise<string> {
	const root = '/usr/lib/postgresql'
	const [newest] = (await readdir(root)).sort((a, b) => Number(b) - Number(a))
	return join(root, newest!, 'bin')
}

/** PostgreSQL refuses to run as root: it is the user that its package makes then. */
export function unprivileged(): { uid?: number; gid?: number } {
	if (process.getuid!() !== 0) return {}
	const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
	return { uid: id('-u'), gid: id('-g') }
}

export type PostgresOptions = {
	/** Whether what is committed is on the disk; a gateway takes no other. */
	isDurable?: boolean
	/** Who owns the databases. */
	user?: string
	/** More settings, as `postgres -c` takes them. */
	settings?: string[]
}

export type Postgres = Awaited<ReturnType<typeof startPostgres>>

/** Starts a PostgreSQL with its files in a directory, which it keeps. Resolves when it answers. */
export async function startPostgres(
	directory: string,
	{ isDurable = true, user = 'owner', settings = [] }: PostgresOptions = {},
) {
	const programs = await postgresPrograms()
	const owner = unprivileged()
	if (owner.uid !== undefined) await chown(directory, owner.uid, owner.gid!)
	const options = { cwd: directory, stdio: 'ignore' as const, ...owner }
	const files = join(directory, 'files')
	const init = ['-D', files, '-U', user, '-A', 'trust', '-E', 'UTF8', '--no-sync']
	await once(spawn(join(programs, 'initdb'), init, options), 'exit')
	const port = await freePort()
	const more = settings.flatMap((setting) => ['-c', setting])
	const place = ['-D', files, '-p', String(port), '-h', '127.0.0.1', '-k', directory]
	const args = [...place, ...(isDurable ? [] : ['-F']), ...more]
	const urlOf = (database: string) => `postgresql://${user}@127.0.0.1:${port}/${database}`
	let server: ChildProcess
	let ended: Promise<unknown>
	let count = 0

	async function start() {
		server = spawn(join(programs, 'postgres'), args, options)
		ended = once(server, 'exit')
		await until('PostgreSQL answers', () =>
			withClient(urlOf('postgres'), async () => true).catch(() => false),
		)
	}

	/** @param signal SIGINT is a fast shutdown, which does not wait for clients; SIGQUIT is a crash */
	async function stop(signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT') {
		server.kill(signal)
		await ended
	}

	/** Makes a database. @returns its URL */
	async function database(more = ''): Promise<string> {
		const name = `database_${++count}`
		await withClient(urlOf('postgres'), (client) => client.query(`CREATE DATABASE ${name} ${more}`))
		return urlOf(name)
	}

	await start()
	return {
		port,
		/** The database that is always there. */
		url: urlOf('postgres'),
		start,
		stop,
		database: () => database(),
		/** Makes a database whose tables are on another disk. @returns its URL */
		async databaseOn(disk: string): Promise<string> {
			if (owner.uid !== undefined) await chown(disk, owner.uid, owner.gid!)
			const space = `space_${++count}`
			await withClient(urlOf('postgres'), (client) =>
				client.query(`CREATE TABLESPACE ${space} LOCATION '${disk}'`),
			)
			return database(`TABLESPACE ${space}`)
		},
		/** Copies a database that nobody uses. @returns the URL of the copy */
		copy: (url: string) => database(`TEMPLATE ${new URL(url).pathname.slice(1)}`),
		/** Dumps a database into a file, as `pg_dump` does. */
		dump: (url: string, file: string) => run(join(programs, 'pg_dump'), ['-Fc', '-f', file, url]),
		/** Brings a dump back into an empty database. */
		load: (url: string, file: string) => run(join(programs, 'pg_restore'), ['-d', url, file]),
	}
}

/** A PostgreSQL that lives as long as the test. */
export async function openPostgres(t: TestContext, options?: PostgresOptions): Promise<Postgres> {
	const server = await startPostgres(await temporaryDirectory(t), options)
	atEnd(t, () => server.stop())
	return server
}

/** The URL of a database by way of a proxy. */
export function throughPort(url: string, port: number): string {
	const other = new URL(url)
	other.port = String(port)
	return other.href
}

/** Asks a PostgreSQL, and leaves it again. */
export async function withClient<T>(
	url: string,
	act: (client: pg.Client) => Promise<T>,
): Promise<T> {
	const client = new pg.Client({ connectionString: url })
	client.on('error', () => {})
	await client.connect()
	try {
		return await act(client)
	} finally {
		await client.end()
	}
}
