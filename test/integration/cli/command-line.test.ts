import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test, type TestContext } from 'node:test'
import { VERSION } from '../../../gateway/src/lib/version.ts'
import { bareEnvironment } from '../../support/command.ts'
import { temporaryDirectory } from '../../support/directories.ts'

const MAIN = new URL('../../../gateway/src/main.ts', import.meta.url).pathname

/** Runs the command to its end, in a directory of its own. */
async function gateway(t: TestContext, ...args: string[]) {
	const cwd = await temporaryDirectory(t)
	const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: bareEnvironment() })
	const [said, complaint, [code]] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		once(child, 'exit'),
	])
	return { said, complaint, code: code as number, left: await readdir(cwd) }
}

test('commands take settings as flags, before and after their words', async (t) => {
	const [dataDir, copies] = [await temporaryDirectory(t), await temporaryDirectory(t)]
	await writeFile(join(dataDir, 'keys.json'), '{}')
	const orders = [
		['backup', join(copies, 'after'), '--data-dir', dataDir],
		['--data-dir', dataDir, 'backup', join(copies, 'before')],
	]
	for (const order of orders) {
		const { said, code } = await gateway(t, ...order)
		assert.match(said, new RegExp(`files of ${dataDir} `), order.join(' '))
		assert.equal(code, 0)
	}
})

const refusals: [args: string[], complaint: RegExp][] = [
	[['backup', 'copy', 'other'], /^Unexpected argument 'other'\. See --help\.\n$/],
	[['rekey', 'extra'], /^Unexpected argument 'extra'/],
	[['rekey', '--state-kee', 'k'], /^Unknown option '--state-kee'/],
	[['restore', 'copy'], /^There is no command 'restore'\. See --help\.\n$/],
	[['constructor'], /^There is no command 'constructor'/],
	[['backup'], /^Name a new directory for the copy/],
	[['import', '--port', '1'], /^Name the directory to import/],
]
for (const [args, expected] of refusals)
	test(`"${args.join(' ')}" is refused in one line, and nothing is done`, async (t) => {
		const { complaint, code, left } = await gateway(t, ...args)
		assert.match(complaint, expected)
		assert.equal(code, 78)
		assert.deepEqual(left, [])
	})

test('--version prints the version', async (t) => {
	assert.equal((await gateway(t, '--version')).said, `${VERSION}\n`)
})
