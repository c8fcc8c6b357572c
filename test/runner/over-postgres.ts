import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../support/postgres.ts'
import { SERVER_VARIABLE } from '../support/state-url.ts'

/** What `--postgres` runs unless it is told: how state must be kept, above all drivers. */
export const overPostgres = [
	'test/integration/witness/closing.slow.test.ts',
	'test/integration/witness/offline.slow.test.ts',
	'test/integration/witness/witness.slow.test.ts',
	'test/integration/session/lifecycle.test.ts',
	'test/integration/session/reconnect.test.ts',
	'test/integration/session/receive/redelivery.test.ts',
	'test/integration/delivery/attempt-history.test.ts',
	'test/integration/delivery/backpressure.isolated.test.ts',
	'test/integration/delivery/batching.test.ts',
	'test/integration/delivery/cursors.test.ts',
	'test/integration/delivery/delivery.test.ts',
	'test/integration/delivery/event-log.test.ts',
	'test/integration/delivery/one-time-webhooks.test.ts',
]

/** A gateway takes seven connections. */
const CONNECTIONS = 500

/** Starts a PostgreSQL for the gateways of all tests. @returns ends it */
export async function startSharedPostgres(): Promise<() => Promise<void>> {
	const directory = await mkdtemp(join(tmpdir(), 'gateway-tests-'))
	const server = await startPostgres(directory, {
		settings: [`max_connections=${CONNECTIONS}`],
	})
	process.env[SERVER_VARIABLE] = server.url
	return async () => {
		await server.stop()
		await rm(directory, { recursive: true })
	}
}
