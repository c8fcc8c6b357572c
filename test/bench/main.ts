// npm run bench: raw Baileys in memory against the gateway over HTTP, both linked to the sandbox.
//   -- --only NAME   one scenario     --full   the real sizes     --json FILE   the figures as JSON
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from '../support/paths.ts'
import { reportOf } from './report/json.ts'
import { describeMachine } from './report/machine.ts'
import { profilesIn } from './report/profile.ts'
import type { Row } from './report/rows.ts'
import { goalsOf, tableOf } from './report/table.ts'
import { scenarios } from './scenarios/index.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { full, tiny, usual, type Sizes } from './sizes.ts'
import { startWorld, type World } from './world.ts'

const { values } = parseArgs({
	options: {
		only: { type: 'string', multiple: true },
		full: { type: 'boolean', default: false },
		tiny: { type: 'boolean', default: false },
		json: { type: 'string' },
		profile: { type: 'string' },
		gateway: { type: 'string', default: join(ROOT, 'gateway/dist/main.js') },
		help: { type: 'boolean', default: false },
	},
})

const HELP = `npm run bench -- [--only NAME]… [--full | --tiny] [--json FILE] [--profile DIR] [--gateway FILE]

${scenarios.map(({ name, about }) => `  ${name.padEnd(15)} ${about}`).join('\n')}

--full measures the real sizes (an hour or more), --tiny only shows that it works.
--profile says where the processor time goes, and leaves the profiles in DIR; figures suffer from it.
--gateway measures another build of the gateway: its main.js or main.ts.`

const print = (text = ''): void => console.log(text)
/** What goes on is not part of the result. */
const say = (line: string): void => console.error(`… ${line}`)

function chosen(): Scenario[] {
	const { only } = values
	const unknown = only?.filter((name) => !scenarios.some((scenario) => scenario.name === name))
	if (unknown?.length) throw new Error(`There is no ${unknown.join(', ')}.\n\n${HELP}`)
	return scenarios.filter(({ name }) => !only || only.includes(name))
}

/** A scenario that fails says so in its row; the others are measured all the same. */
async function measureAll(world: World, wanted: Scenario[], sizes: Sizes): Promise<Row[]> {
	const rows: Row[] = []
	for (const { name, about, run } of wanted) {
		const measured = await run({ world, sizes, say }).catch((error: Error) => {
			process.exitCode = 1
			say(`${name} failed: ${error.stack}`)
			return [{ title: 'failed', figures: [], note: error.message.split('\n')[0]! }]
		})
		const mine = measured.map((row) => ({ scenario: name, ...row }))
		print(`\n${about}.\n\n${tableOf(name, mine)}`)
		rows.push(...mine)
	}
	return rows
}

async function bench(): Promise<void> {
	const wanted = chosen()
	const machine = await describeMachine()
	const { date, commit, node, processor, cores, load } = machine
	print(`${date}, commit ${commit}, node ${node}, ${cores} × ${processor}, load ${load.toFixed(1)}`)
	print('Cells read: raw Baileys in memory → gateway over HTTP with durable state (ratio).')
	const world = await startWorld({ gateway: values.gateway, profile: values.profile })
	stopOnSignal(world)
	try {
		const sizes = values.full ? full : values.tiny ? tiny : usual
		const rows = await measureAll(world, wanted, sizes)
		print(`\n${goalsOf(rows)}`)
		if (values.json) writeFileSync(values.json, JSON.stringify(reportOf(machine, rows), null, '\t'))
	} finally {
		await world.stop()
	}
	if (values.profile) print(`\n${profilesIn(values.profile)}`)
}

function stopOnSignal(world: World): void {
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void world.stop().finally(() => process.exit(130)))
}

if (values.help) print(HELP)
else await bench()
