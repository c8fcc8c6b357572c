// Runs test files one after the other in this process, as the runner hands them out.
//
// Each file is a suite: hooks at its top level concern its own tests alone, an error while it is
// imported fails it, and its verdict says that it came to its end. Node's `--test-isolation=none`
// does none of these: it shares the hooks, and loses an error that follows a file's first test.
import { once } from 'node:events'
import { resolve } from 'node:path'
import { describe } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { FromWorker, ToWorker } from './messages.ts'

/** How long this process may live on after its last test. */
const END_MS = Number(process.argv[2])

const tell = (message: FromWorker): void => void process.send!(message)
const leave = (): never => process.exit(1)

// Keeps the process alive, too, until the runner says that there is no more.
process.on('disconnect', leave)

async function nextFile(): Promise<string | undefined> {
	const answer = once(process, 'message')
	tell({ type: 'ready' })
	const [message] = (await answer) as [ToWorker]
	return 'file' in message ? message.file : undefined
}

/** How many of each kind keep this process alive now: `Timeout`, `TCPSocketWrap` and so on. */
function countActive(): Map<string, number> {
	const counts = new Map<string, number>()
	for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1)
	return counts
}

const leftBy: { file: string; kind: string; count: number }[] = []

async function runFile(file: string): Promise<void> {
	const before = countActive()
	const url = pathToFileURL(resolve(file)).href
	await describe(file, () => import(url).then(() => undefined))
	for (const [kind, active] of countActive()) {
		const count = active - (before.get(kind) ?? 0)
		if (count > 0) leftBy.push({ file, kind, count })
	}
}

/** What is still there, and which files may have left it. */
function describeLeftovers(): string {
	const kinds = [...countActive()].map(([kind, count]) => {
		const files = leftBy.filter((left) => left.kind === kind)
		return [`${count} ${kind}`, ...files.map(({ file, count }) => `  ${count} after ${file}`)]
	})
	return kinds.flat().join('\n')
}

for (let file = await nextFile(); file; file = await nextFile()) await runFile(file)

process.off('disconnect', leave)
setTimeout(() => {
	tell({ type: 'kept-alive', by: describeLeftovers() })
	process.exit(1)
}, END_MS).unref()
