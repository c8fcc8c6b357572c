import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { createClient } from '@redis/client'
import pg from 'pg'
import { atEnd, temporaryDirectory } from '../directories.ts'
import { freePort } from '../ports.ts'
import { until } from '../wait.ts'

/** Where Debian has the programs of its newest PostgreSQL. */
async function postgresPrograms(): Promise<string> {
	const root = '/usr/lib/postgresql'
	const [newest] = (await readdir(root)).sort((a, b) => Number(b) - Number(a))
	return join(root, newest!, 'bin')
}

/** PostgreSQL refuses to run as root: it is the user that its package makes then. */
function unprivileged(): { uid?: number; gid?: number } {
	if (process.getuid!() !== 0) return {}
	const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
	return { uid: id('-u'), gid: id('-g') }
}

/** A PostgreSQL that lives as long as the test. @returns makes a database, and gives its URL */
export async function openPostgres(t: TestContext) {
	const programs = await postgresPrograms()
	const owner = unprivileged()
	const directory = await temporaryDirectory(t)
	if (owner.uid !== undefined) await chown(directory, owner.uid, owner.gid!)
	const options = { cwd: directory, stdio: 'ignore' as const, ...owner }
	const files = join(directory, 'files')
	const init = ['-D', files, '-U', 'evolution', '-A', 'trust', '-E', 'UTF8', '--no-sync']
	await once(spawn(join(programs, 'initdb'), init, options), 'exit')
	const port = await freePort()
	const settings = ['-D', files, '-p', String(port), '-h', '127.0.0.1', '-k', directory, '-F']
	const server = spawn(join(programs, 'postgres'), settings, options)
	const ended = once(server, 'exit')
	atEnd(t, async () => {
		// A fast shutdown: it does not wait for clients.
		server.kill('SIGINT')
		await ended
	})
	const urlOf = (database: string) => `postgresql://evolution@127.0.0.1:${port}/${database}`
	await until('PostgreSQL answers', () =>
		withClient(urlOf('postgres'), async () => true).catch(() => false),
	)
	let count = 0
	return {
		async database(): Promise<string> {
			const name = `evolution_${++count}`
			await withClient(urlOf('postgres'), (client) => client.query(`CREATE DATABASE ${name}`))
			return urlOf(name)
		},
	}
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

/** A Redis that lives as long as the test. @returns its URL for each of its databases */
export async function openRedis(t: TestContext) {
	const directory = await temporaryDirectory(t)
	const port = await freePort()
	const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: directory }
	const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
	const server = spawn('redis-server', flags, { stdio: 'ignore' })
	const ended = once(server, 'exit')
	atEnd(t, async () => {
		server.kill('SIGTERM')
		await ended
	})
	const urlOf = (database: number) => `redis://127.0.0.1:${port}/${database}`
	await until('Redis answers', () =>
		withRedis(urlOf(0), async (client) => (await client.ping()) === 'PONG').catch(() => false),
	)
	return { url: urlOf }
}

type RedisClient = ReturnType<typeof clientOf>

const clientOf = (url: string) => createClient({ url, socket: { reconnectStrategy: false } })

/** Asks a Redis, and leaves it again. */
export async function withRedis<T>(
	url: string,
	act: (client: RedisClient) => Promise<T>,
): Promise<T> {
	const client = clientOf(url)
	client.on('error', () => {})
	await client.connect()
	try {
		return await act(client)
	} finally {
		client.destroy()
	}
}
