import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { withClient } from './postgres.ts'

/** Set by `node test/run.ts --postgres`: a PostgreSQL in which gateways of tests keep their state. */
export const SERVER_VARIABLE = 'TEST_POSTGRES_URL'

/** For a test that looks at the files, or changes them: there are none over PostgreSQL. */
export const OVER_FILES = {
	skip: process.env[SERVER_VARIABLE] ? 'it is about the files of the state' : false,
}

/** `duplicate_database` of PostgreSQL. */
const EXISTS = '42P04'

/**
 * The database of the gateway that has its files in a directory, the same for the same directory; undefined where tests
 * run over files.
 */
export async function stateUrlFor(dataDir: string): Promise<string | undefined> {
	const server = process.env[SERVER_VARIABLE]
	if (!server) return undefined
	const name = `gateway_${createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16)}`
	await withClient(server, (client) => client.query(`CREATE DATABASE ${name}`)).catch((error) => {
		if (error.code !== EXISTS) throw error
	})
	return Object.assign(new URL(server), { pathname: `/${name}` }).href
}

/** The same as a setting of a gateway's process. */
export async function stateSetting(dataDir: string): Promise<Record<string, string>> {
	const url = await stateUrlFor(dataDir)
	return url === undefined ? {} : { STATE_URL: url }
}
