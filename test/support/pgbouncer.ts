import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { atEnd, temporaryDirectory } from './directories.ts'
import { freePort } from './ports.ts'
import { throughPort, unprivileged, withClient, type Postgres } from './postgres.ts'
import { until } from './wait.ts'

/** Debian keeps it out of the PATH. */
const PROGRAM = '/usr/sbin/pgbouncer'

/**
 * A PgBouncer before a PostgreSQL, as long as the test: each connection to it has one of the server's for itself.
 * @returns the URL by way of it of a database of that server
 */
export async function openPgbouncer(
	t: TestContext,
	server: Postgres,
): Promise<(url: string) => string> {
	const directory = await temporaryDirectory(t)
	const owner = unprivileged()
	const port = await freePort()
	const users = join(directory, 'users')
	const settings = [
		'[databases]',
		`* = host=127.0.0.1 port=${server.port}`,
		'[pgbouncer]',
		...[`listen_addr = 127.0.0.1`, `listen_port = ${port}`, 'unix_socket_dir ='],
		...['pool_mode = session', 'auth_type = trust', `auth_file = ${users}`],
	]
	await writeFile(users, '"owner" ""\n')
	await writeFile(join(directory, 'settings'), settings.join('\n'))
	if (owner.uid !== undefined) await chown(directory, owner.uid, owner.gid!)
	const pooler = spawn(PROGRAM, ['-q', join(directory, 'settings')], { stdio: 'ignore', ...owner })
	const ended = once(pooler, 'exit')
	atEnd(t, async () => {
		pooler.kill('SIGQUIT')
		await ended
	})
	const through = (url: string) => throughPort(url, port)
	await until('PgBouncer answers', () =>
		withClient(through(server.url), async () => true).catch(() => false),
	)
	return through
}
