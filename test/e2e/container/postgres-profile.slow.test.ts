// What compose.yaml runs with the profile `postgres`, as processes of this machine.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { bareEnvironment, run } from '../../support/command.ts'
import { atEnd, temporaryDirectory } from '../../support/directories.ts'
import { startGateway } from '../../support/gateway-process.ts'
import { openPostgres, postgresPrograms, withClient } from '../../support/postgres.ts'
import { composeFile } from './support/compose-file.ts'

const { services } = composeFile()
const SHOP = '491700000001'
const ANNA = '491700000002'

test('profile postgres: the gateway keeps its state in the database, and n8n gets one beside it, also the second time', async (t) => {
	const server = await openPostgres(t, { user: services['postgres']!.environment!.POSTGRES_USER! })
	const at = `127.0.0.1:${server.port}`
	const own = new URL(services['gateway-postgres']!.environment!.STATE_URL!)
	own.host = at
	await withClient(`postgresql://whatsapp@${at}/postgres`, (client) =>
		client.query(`create database ${own.pathname.slice(1)}`),
	)

	const { command, environment } = services['n8n-database']!
	const [shell, ...args] = command!
	const { PATH, ...env } = bareEnvironment()
	const address = { PGHOST: '127.0.0.1', PGPORT: String(server.port) }
	const prepare = () =>
		run(shell!, args, {
			env: { ...env, ...environment, ...address, PATH: `${PATH}:${programs}` },
		})
	const programs = await postgresPrograms()
	await prepare()
	await prepare()
	const n8n = services['n8n-postgres']!.environment!
	const { DB_POSTGRESDB_DATABASE: database, DB_POSTGRESDB_USER: user } = n8n
	await withClient(`postgresql://${user}@${at}/${database}`, (client) => client.query('select 1'))

	const dataDir = await temporaryDirectory(t)
	const log = join(await temporaryDirectory(t), 'gateway.log')
	const gateway = await startGateway({ dataDir, log, env: { STATE_URL: own.href } })
	atEnd(t, gateway.stop)
	await gateway.person(SHOP, 'Shop')
	await gateway.person(ANNA, 'Anna')
	await gateway.link('main', SHOP)
	const { rows } = await withClient(own.href, (client) =>
		client.query<{ count: number }>('select count(*)::int from wag.record'),
	)
	assert.ok(rows[0]!.count > 0)
})
