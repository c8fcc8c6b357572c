import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { run } from '../support/command.ts'
import { ROOT } from '../support/paths.ts'
import type { Report } from '../bench/report/json.ts'

const home = mkdtempSync(join(tmpdir(), 'bench-test-'))
after(() => rmSync(home, { recursive: true }))

// How fast anything is depends on the machine and is no test's business.
test('the benchmark measures both contenders and writes what it prints as JSON', async () => {
	const file = join(home, 'bench.json')
	const gateway = join(ROOT, 'gateway/src/main.ts')
	const main = join(ROOT, 'test/bench/main.ts')
	const args = ['--tiny', '--only', 'text', '--gateway', gateway, '--json', file]
	const printed = await run(process.execPath, [main, ...args])

	const { machine, rows } = JSON.parse(readFileSync(file, 'utf8')) as Report
	assert.equal(machine.node, process.version)
	assert.deepEqual(
		rows.map(({ scenario, title }) => `${scenario}: ${title}`),
		[
			'text: first to each of 3',
			'text: to 1, 1 at a time',
			'text: to 1, 16 at a time',
			'text: to 3, 1 at a time',
			'text: to 3, 16 at a time',
		],
	)
	for (const { figures, title } of rows) {
		assert.ok(printed.includes(title))
		for (const { name, raw, gateway } of figures) {
			assert.ok(Number.isFinite(raw), `raw has ${name}`)
			assert.ok(Number.isFinite(gateway), `the gateway has ${name}`)
		}
	}
	const names = rows[0]!.figures.map(({ name }) => name)
	assert.deepEqual(names, [
		'messages/s',
		'CPU ms/message',
		'p50 ms',
		'p95 ms',
		'p99 ms',
		'sandbox CPU ms',
	])
})

test('a scenario that is not there is refused with the names of those that are', async () => {
	const main = join(ROOT, 'test/bench/main.ts')
	await assert.rejects(run(process.execPath, [main, '--only', 'telepathy']), /group-receive/)
})

test('builds of the gateway take turns beside raw Baileys, and each has a spread', async () => {
	const file = join(home, 'turns.json')
	const gateway = join(ROOT, 'gateway/src/main.ts')
	// The same file by another name: a build of its own to the benchmark.
	const against = join(ROOT, 'gateway/src/../src/main.ts').replace('/main.ts', '/./main.ts')
	const main = join(ROOT, 'test/bench/main.ts')
	const how = ['--tiny', '--only', 'receive', '--gateway', gateway, '--json', file]
	const printed = await run(process.execPath, [main, ...how, '--against', against, '--turns', '2'])
	const { builds, rows } = JSON.parse(readFileSync(file, 'utf8'))
	assert.deepEqual(builds, [gateway, against])
	const cases = ['at 50/s', 'as fast as possible, from 1', 'as fast as possible, from 3']
	assert.deepEqual(
		rows.map(({ title, figure }: Record<string, string>) => [title, figure]),
		cases.flatMap((title) =>
			['CPU ms/message', 'p50 ms'].map((figure) => [`receive, ${title}`, figure]),
		),
	)
	for (const { title, raw, ratios, own } of rows) {
		assert.ok(printed.includes(title))
		for (const { least, median, most } of [raw, ...ratios, ...own])
			assert.ok(least > 0 && least <= median && median <= most, title)
	}
})
