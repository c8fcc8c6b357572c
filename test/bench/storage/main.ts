/**
 * Compares the storage drivers, with a PostgreSQL on this machine: `node test/bench/storage/main.ts [NAME …]`. What is
 * compared takes turns, so that what else the machine does meets both.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../../support/postgres.ts'
import { describeMachine } from '../report/machine.ts'
import { commits } from './commits.ts'
import { dump } from './dump.ts'
import { hours } from './hours.ts'
import { interruptions } from './interruptions.ts'
import { messages } from './messages.ts'
import { opening } from './opening.ts'
import type { Place } from './place.ts'

const sections: Record<string, (place: Place) => Promise<void>> = {
	commits,
	messages,
	interruptions,
	opening,
	dump,
	hours,
}
const names = process.argv.slice(2)
const unknown = names.find((name) => !(name in sections))
if (unknown)
	throw new Error(`There is no ${unknown}: name some of ${Object.keys(sections).join(', ')}.`)

const { date, commit, node, processor, cores, load } = await describeMachine()
console.log(
	`${date}, commit ${commit}, node ${node}, ${cores} × ${processor}, load ${load.toFixed(1)}`,
)
const directory = await mkdtemp(join(tmpdir(), 'gateway-'))
const server = await startPostgres(directory, { settings: ['max_connections=200'] })
try {
	for (const [name, measure] of Object.entries(sections)) {
		if (names.length && !names.includes(name)) continue
		console.log(`\n## ${name}`)
		await measure({ directory, server })
	}
} finally {
	await server.stop()
	await rm(directory, { recursive: true })
}
