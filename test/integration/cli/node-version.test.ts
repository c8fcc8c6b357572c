import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { OLDEST_NODE } from '../../../gateway/src/lib/node-version.ts'
import { run } from '../../support/command.ts'
import { ROOT } from '../../support/paths.ts'
import { importsOf } from '../../architecture/support/imports.ts'

const MAIN = join(ROOT, 'gateway/src/main.ts')

const OLD_NODE =
	'data:text/javascript,' +
	'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.11.1" } })'

test('an old Node is told in a sentence which one is needed', async () => {
	await assert.rejects(
		run(process.execPath, ['--import', OLD_NODE, MAIN, '--help']),
		/ended with 78:\nThis is Node 20\.11\.1, and the gateway needs Node 24 or later\. Install Node 24 [^\n]*$/,
	)
})

test('nothing that an old Node lacks is loaded before that', () => {
	assert.deepEqual(importsOf(MAIN), ['./lib/node-version.ts', './cli/main.ts'])
	assert.doesNotMatch(readFileSync(MAIN, 'utf8'), /^import .*cli/m)
	assert.deepEqual(importsOf(join(ROOT, 'gateway/src/lib/node-version.ts')), [])
})

test('package.json names the same version of Node', () => {
	const { engines } = JSON.parse(readFileSync(join(ROOT, 'gateway/package.json'), 'utf8'))
	assert.equal(engines.node, `>=${OLDEST_NODE}`)
})
