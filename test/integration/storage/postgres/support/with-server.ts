import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe } from 'node:test'
import { startPostgres, type Postgres } from '../../../../support/postgres.ts'

/** Tests that share a PostgreSQL, each with a database of its own. */
export function withServer(name: string, body: (server: () => Postgres) => void): void {
	describe(name, () => {
		let directory: string
		let server: Postgres
		before(async () => {
			directory = await mkdtemp(join(tmpdir(), 'gateway-'))
			server = await startPostgres(directory)
		})
		after(async () => {
			await server.stop()
			await rm(directory, { recursive: true })
		})
		body(() => server)
	})
}
