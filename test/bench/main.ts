// npm run bench: raw Baileys in memory against the gateway over HTTP, both linked to the sandbox.
//   -- --only NAME   one scenario     --full   the real sizes     --json FILE   the figures as JSON
//   -- --turns N   in turns with raw Baileys     --against FILE   and with another build of the gateway
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from '../support/paths.ts'
import { reportOf } from './report/json.ts'
import { describeMachine } from './report/machine.ts'
import { profilesIn } from './report/profile.ts'
import type { Row } from './report/rows.ts'
import { goalsOf, tableOf, turnsTable } from './report/table.ts'
import { scenarios } from './scenarios/index.ts'
import type { Bench, Scenario } from './scenarios/scenario.ts'
import { full, tiny, usual } from './sizes.ts'
import { takeTurns } from './turns.ts'
import { startWorld, type Turn, type World } from './world.ts'

const { values } = parseArgs({
	options: {
		only: { type: 'string', multiple: true },
		full: { type: 'boolean', default: false },
		tiny: { type: 'boolean', default: false },
		json: { type: 'string' },
		profile: { type: 'string' },
		against: { type: 'string', multiple: true, default: [] },
		turns: { type: 'string' },
		gateway: { type: 'string', default: join(ROOT, 'gateway/dist/main.js') },
		help: { type: 'boolean', default: false },
	},
})

const HELP = `npm run bench -- [--only NAME]… [--full | --tiny] [--json FILE] [--profile DIR] [--gateway FILE] [--turns N] [--against FILE]…

${scenarios.map(({ name, about }) => `  ${name.padEnd(15)} ${about}`).join('\n')}

--full measures the real sizes (an hour or more), --tiny only shows that it works.
--profile says where the processor time goes, and leaves the profiles in DIR; figures suffer from it.
--gateway measures another build of the gateway: its main.js or main.ts.
--turns N measures N times, in turns with raw Baileys: processor time, median latency, start and memory, with their ratio to raw Baileys
  of the same turn, as medians with their range. The order is turned round at each turn.
--against takes another build of the gateway into the turns (5, if --turns says nothing).`

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
async function measureAll(bench: Bench, wanted: Scenario[], show = print): Promise<Row[]> {
	const rows: Row[] = []
	for (const { name, about, run } of wanted) {
		const measured = await run(bench).catch((error: Error) => {
			process.exitCode = 1
			say(`${name} failed: ${error.stack}`)
			return [{ title: 'failed', figures: [], note: error.message.split('\n')[0]! }]
		})
		const mine = measured.map((row) => ({ scenario: name, ...row }))
		show(`\n${about}.\n\n${tableOf(name, mine)}`)
		rows.push(...mine)
	}
	return rows
}

async function bench(): Promise<void> {
	const wanted = chosen()
	const machine = await describeMachine()
	const { date, commit, node, processor, cores, load } = machine
	print(`${date}, commit ${commit}, node ${node}, ${cores} × ${processor}, load ${load.toFixed(1)}`)
	const world = await startWorld({ profile: values.profile })
	stopOnSignal(world)
	const sizes = values.full ? full : values.tiny ? tiny : usual
	const keep = (report: object) =>
		values.json && writeFileSync(values.json, JSON.stringify(report, null, '\t'))
	try {
		if (values.turns || values.against.length) {
			const builds = [values.gateway, ...values.against]
			const measure = (turn: Turn) => measureAll({ world, turn, sizes, say }, wanted, () => {})
			const rows = await takeTurns({ builds, turns: Number(values.turns ?? 5), measure, say })
			print(turnsTable(builds, rows))
			keep({ machine, builds, rows })
		} else {
			print('Cells read: raw Baileys in memory → gateway over HTTP with durable state (ratio).')
			const turn = { gateway: values.gateway, rawLast: false }
			const rows = await measureAll({ world, turn, sizes, say }, wanted)
			print(`\n${goalsOf(rows)}`)
			keep(reportOf(machine, rows))
		}
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
