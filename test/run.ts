// Runs the tests: `node test/run.ts [--all] [--postgres] [file, part of a path, or part of a test's name …]`.
// test/README.md says how files are marked, and what a run fails for.
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { selectFiles, type TestFile } from './runner/files.ts'
import { openHistory } from './runner/history.ts'
import { overPostgres, startSharedPostgres } from './runner/over-postgres.ts'
import { printFailures, printFile, printNote, printSummary } from './runner/print.ts'
import { runFiles } from './runner/schedule.ts'
import { installN8n } from './support/n8n.ts'

const MINUTE_MS = 60_000
/** A test that takes longer is stuck. */
const QUICK_TIMEOUT_MS = 120_000
const SLOW_TIMEOUT_MS = 30 * MINUTE_MS

const { values, positionals } = parseArgs({
	options: {
		all: { type: 'boolean', default: false },
		postgres: { type: 'boolean', default: false },
	},
	allowPositionals: true,
})
const start = performance.now()
const isToldWhat = positionals.length > 0
const patterns = values.postgres && !isToldWhat ? overPostgres : positionals
const { files, names } = selectFiles(patterns, values.all)
const history = openHistory()
const inOrder = files
	.map((file) => ({ file, ms: history.estimate(file) }))
	.sort((a, b) => b.ms - a.ms)
	.map(({ file }) => file)

// Quick tests wait for sockets, disks and the clock more than half of their time: three more processes than cores fill that.
// Slow ones have children that work.
const stopPostgres = values.postgres ? await startSharedPostgres() : async () => {}
const results = await runFiles(inOrder, {
	processes: availableParallelism() + (values.all ? 0 : 3),
	installN8n: () => installN8n(printNote),
	process: ({ slow }: TestFile) => ({
		names,
		timeoutMs: slow ? SLOW_TIMEOUT_MS : QUICK_TIMEOUT_MS,
		onFile: printFile,
		onDiagnostic: printNote,
	}),
})

await stopPostgres()

const isWhole = names.length === 0
const failures = [...results.files.flatMap((file) => file.failures), ...results.failures]
const run = new Set(results.files.map(({ path }) => path))
for (const { path } of files)
	if (!run.has(path)) failures.push({ title: 'The file was not run', location: path, detail: '' })
if (isWhole && !values.postgres) failures.push(...history.missing(results.files))
if (results.files.every(({ tests }) => tests === 0))
	failures.push({ title: 'No test was run', location: 'test', detail: positionals.join(' ') })

printFailures(failures)
printSummary(results.files, failures, performance.now() - start)
if (isWhole && !values.postgres)
	history.save(results.files.filter((file) => file.failures.length === 0))
if (failures.length > 0) process.exitCode = 1
