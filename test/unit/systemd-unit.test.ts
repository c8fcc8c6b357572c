import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { readConfig } from '../../gateway/src/config/read-config.ts'
import { settingsList } from '../../gateway/src/config/settings.ts'
import { run } from '../support/command.ts'
import { temporaryDirectory } from '../support/directories.ts'
import { ROOT } from '../support/paths.ts'
import { missingTools } from '../support/tools.ts'

const documented = (name: string) => readFileSync(join(ROOT, 'docs/running', name), 'utf8')
const INSTALLED = '/opt/whatsapp-gateway'
/** Tenths: systemd calls up to 2.0 "OK" without reserve. */
const MOST_EXPOSURE = 20

const missing = await missingTools('systemd-analyze')
const skip = missing.length > 0 && 'systemd-analyze is not installed'

/** The unit of the docs as a file, installed here. */
async function unitFile(t: TestContext, change = (text: string) => text): Promise<string> {
	const path = join(await temporaryDirectory(t), 'whatsapp-gateway.service')
	await writeFile(path, change(documented('whatsapp-gateway.service').replaceAll(INSTALLED, ROOT)))
	return path
}

/** What systemd says about this unit; it may complain about others of this machine. */
async function complaintsOf(path: string): Promise<string[]> {
	const said = await run('sh', ['-c', 'systemd-analyze verify "$1" 2>&1', 'sh', path])
	return said.split('\n').filter((line) => line.includes('whatsapp-gateway'))
}

test('systemd accepts the documented unit', { skip }, async (t) => {
	assert.deepEqual(await complaintsOf(await unitFile(t)), [])
	const wrong = (text: string) => text.replace('[Service]', '[Service]\nRestart=perhaps')
	assert.match((await complaintsOf(await unitFile(t, wrong))).join(), /perhaps/)
})

test('systemd finds little that the documented unit exposes', { skip }, async (t) => {
	const rate = (path: string) =>
		run('systemd-analyze', [
			'security',
			'--offline=true',
			'--no-pager',
			`--threshold=${MOST_EXPOSURE}`,
			path,
		])
	await rate(await unitFile(t))
	const open = await unitFile(t, (text) => text.replace(/^(Protect|SystemCall).*\n/gm, ''))
	await assert.rejects(rate(open))
})

test('the documented unit lets V8 compile, and starts what is there', () => {
	const unit = documented('whatsapp-gateway.service')
	assert.doesNotMatch(unit, /^MemoryDenyWriteExecute/m)
	const [, program, main] = /^ExecStart=(\S+) .* (\S+)$/m.exec(unit)!
	assert.ok(existsSync(program!.replace(INSTALLED, ROOT)), program)
	assert.ok(existsSync(main!.replace(INSTALLED, ROOT).replace('/dist/main.js', '/src/main.ts')))
})

test('the documented settings are settings, and can be used', () => {
	const lines = documented('whatsapp-gateway.env').split('\n')
	const pairs = lines.filter((line) => /^[A-Z]/.test(line)).map((line) => line.split('='))
	const known = new Set(settingsList().map(({ name }) => name))
	for (const [name] of pairs) assert.ok(known.has(name!), name)
	assert.equal(readConfig(Object.fromEntries(pairs)).PUBLIC_URL, 'https://wa.example.com')
})
