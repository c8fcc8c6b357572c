import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { temporaryDirectory } from '../support/directories.ts'
import { selectFiles } from './files.ts'
import { openHistory } from './history.ts'
import { FileResult } from './results.ts'
import { runFiles } from './schedule.ts'

const fixture = (name: string): string => `test/runner/fixtures/${name}.ts`

/** Runs fixtures in one process, one after the other. */
async function runFixtures(names: string[], options: { names?: string[]; endMs?: number } = {}) {
	const files = names.map((name) => selectFiles([fixture(name)], false).files[0]!)
	const { files: results, failures } = await runFiles(files, {
		processes: 1,
		installN8n: () => assert.fail('no fixture needs n8n'),
		process: () => ({
			names: [],
			timeoutMs: 10_000,
			onFile: () => {},
			onDiagnostic: () => {},
			...options,
		}),
	})
	const titles = [...results.flatMap((result) => result.failures), ...failures]
	return {
		of: (name: string) => results.find(({ path }) => path === fixture(name))!,
		failures: titles.map(({ title, detail }) => `${title}: ${detail}`),
	}
}

test('tests, parts of tests and suites are counted as node counts them', async () => {
	const { of, failures } = await runFixtures(['passes'])
	const { outcomes, suites } = of('passes')
	assert.deepEqual(outcomes, { pass: 4, fail: 0, cancelled: 0, skipped: 1, todo: 1 })
	assert.equal(suites, 1)
	assert.deepEqual(failures, [])
})

test('hooks at the top level of a file concern its own tests alone', async () => {
	const { failures } = await runFixtures(['hooks', 'passes'])
	assert.deepEqual(failures, [])
})

describe('a run fails for', () => {
	const failsFor = (what: string, name: string, reason: RegExp, options?: { endMs: number }) =>
		test(what, async () => {
			const { failures } = await runFixtures(['passes', name], options)
			assert.match(failures.join('\n'), reason)
		})

	failsFor('a test that fails', 'fails', /fails: Error: as it should/)
	failsFor('a file without tests', 'empty', /The file has no tests/)
	failsFor('an error in a file after its first test', 'import-fails', /Error: from the file/)
	failsFor('a hook before the tests', 'before-fails', /Error: from the hook/)
	failsFor('a hook after the tests', 'after-fails', /Error: from the hook/)
	failsFor('an error after the last test', 'throws-later', /too late/)
	failsFor('a test that takes too long', 'hangs', /waits for ever: .*timed out after 50ms/)
	failsFor('a timer that keeps the process alive', 'stays', /1 Timeout\n  1 after .*stays/, {
		endMs: 50,
	})

	test('a process that ends before its tests, whatever its exit code', async () => {
		const { failures } = await runFixtures(['passes', 'exits'])
		const text = failures.join('\n')
		assert.match(text, /The file did not come to its end/)
		assert.match(text, /The process ended before its tests: exit code 0/)
	})
})

test('after a process that ended the remaining files are run in another one', async () => {
	const { of } = await runFixtures(['exits', 'passes'])
	assert.equal(of('passes').outcomes.pass, 4)
})

test('a test that hangs does not keep the next ones from running', async () => {
	const { of } = await runFixtures(['hangs'])
	assert.deepEqual([of('hangs').outcomes.pass, of('hangs').outcomes.cancelled], [1, 1])
})

test('a test that was registered and never reported is named', () => {
	const result = new FileResult('lost.test.ts')
	const lost = { name: 'a lost test', location: 'lost.test.ts:1:1', isSuite: false }
	result.take({ type: 'registered', test: lost })
	result.take({ type: 'registered', test: lost })
	result.take({ type: 'verdict', test: lost, outcome: 'pass' })
	result.take({ type: 'end-of-file', ms: 1, cpuMs: 1 })
	result.close()
	assert.deepEqual(
		result.failures.map(({ detail }) => detail.trim()),
		['lost.test.ts:1:1 a lost test'],
	)
})

test('fewer tests than in the last run are missing, if nothing has changed since', async (t) => {
	const file = join(await temporaryDirectory(t), 'tests.json')
	const resultWith = (tests: number) => {
		const result = new FileResult('test/unit/config.test.ts')
		result.outcomes.pass = tests
		return [result]
	}
	openHistory({ file, sources: 'one' }).save(resultWith(3))
	const missing = (sources: string, tests: number) =>
		openHistory({ file, sources }).missing(resultWith(tests)).length
	assert.deepEqual([missing('one', 2), missing('one', 3), missing('two', 2)], [1, 0, 0])
})

test('an argument is a file, a part of paths, or else a part of names', () => {
	const paths = (patterns: string[], all = false) =>
		selectFiles(patterns, all).files.map(({ path }) => path)
	assert.ok(paths([]).includes('test/runner/runner.test.ts'))
	assert.deepEqual(paths(['runner/runner']), ['test/runner/runner.test.ts'])
	assert.deepEqual(paths(['test/e2e/bench.slow.test.ts']), ['test/e2e/bench.slow.test.ts'])
	assert.deepEqual(selectFiles(['loses no event'], false).names, ['loses no event'])
	assert.ok(paths([]).every((path) => !path.includes('.slow.')))
	assert.ok(paths([], true).includes('test/e2e/bench.slow.test.ts'))
})

test('the command prints failures and node’s summary, and its exit code says whether all is well', () => {
	const run = (...args: string[]) =>
		spawnSync(process.execPath, ['test/run.ts', ...args], { encoding: 'utf8' })
	const good = run(fixture('passes'))
	assert.match(good.stdout, /^ℹ tests 6\nℹ suites 1\nℹ pass 4\nℹ fail 0\n/m)
	assert.equal(good.status, 0, good.stdout)
	const bad = run(fixture('passes'), fixture('fails'), fixture('empty'))
	assert.match(bad.stdout, /fails\.ts:4:1\n✖ fails\n  Error: as it should/)
	assert.match(bad.stdout, /^ℹ tests 9\nℹ suites 1\nℹ pass 5\nℹ fail 2\n/m)
	assert.equal(bad.status, 1)
	const part = run(fixture('passes'), 'in a suite')
	assert.match(part.stdout, /^ℹ tests 1\nℹ suites 1\nℹ pass 1\n/m)
	assert.equal(part.status, 0)
	assert.equal(run(fixture('passes'), 'no such test').status, 1)
})
