import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, lstat, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { atEnd, temporaryDirectory } from '../../support/directories.ts'
import { openSandbox } from '../../support/gateway/gateway.ts'
import { openGatewayProcess } from '../../support/gateway/process.ts'
import { ROOT } from '../../support/paths.ts'
import { freePort } from '../../support/ports.ts'
import { stateWithWebhooks } from './support/set-up.ts'

const NOBODY = 65534

/** `whatsapp-gateway doctor`, as a user types it, in the working directory `/`. */
async function doctor(args: string[], env: NodeJS.ProcessEnv, uid?: number) {
	const child = spawn(process.execPath, [join(ROOT, 'gateway/src/main.ts'), 'doctor', ...args], {
		cwd: '/',
		env: { PATH: process.env.PATH, PORT: '0', ...env },
		...(uid !== undefined && { uid, gid: uid }),
	})
	const ended = once(child, 'exit')
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), ended])
	return { code: child.exitCode, stdout, stderr }
}

/** Every file below a directory, with what a change of it would change. */
async function filesBelow(directory: string) {
	const names = await readdir(directory, { recursive: true })
	const files = names.sort().map(async (name) => {
		const { size, mtimeMs, ctimeMs, mode } = await lstat(join(directory, name))
		return { name, size, mtimeMs, ctimeMs, mode }
	})
	return Promise.all(files)
}

test('doctor says in a line each what was found, ends with 1 if something is wrong, and changes nothing', async (t) => {
	const dataDir = await stateWithWebhooks(t, [`http://127.0.0.1:${await freePort()}/hook`])
	await chmod(dataDir, 0o700)
	const before = await filesBelow(dataDir)
	const env = { DATA_DIR: dataDir, WHATSAPP_WS_URL: `ws://127.0.0.1:${await freePort()}` }
	const { code, stdout, stderr } = await doctor([], env)
	assert.equal(stderr, '')
	assert.equal(code, 1)
	assert.match(stdout, /^✓ Node {2,}This is Node /m)
	assert.match(stdout, /^✓ Lock of DATA_DIR {2,}No gateway uses DATA_DIR now\.$/m)
	assert.match(stdout, /^✓ State {2,}The records of one session can be read\.$/m)
	assert.match(stdout, /^✗ Webhooks {2,}http:.+ may not be called\.\n {20,}.+WEBHOOK_ALLOW=/m)
	assert.match(stdout, /\n\n2 wrong, .*\.\n$/)
	assert.doesNotMatch(stdout, /\u001b/)
	assert.deepEqual(await filesBelow(dataDir), before)
})

test('doctor --json is for programs, and ends with 0 if nothing is wrong', async (t) => {
	const sandbox = await openSandbox(t)
	const DATA_DIR = await stateWithWebhooks(t, [`${sandbox.wsUrl.replace('ws:', 'http:')}hook`])
	const env = { DATA_DIR, WHATSAPP_WS_URL: sandbox.wsUrl, WEBHOOK_ALLOW: '127.0.0.1' }
	const { code, stdout } = await doctor(['--json'], env)
	const { ok, checks } = JSON.parse(stdout)
	const wrong = checks.filter(({ state }: any) => state === 'wrong')
	assert.deepEqual([ok, code, wrong], [true, 0, []])
	for (const check of checks) {
		assert.deepEqual(Object.keys(check), ['name', 'state', 'sentence', 'advice'])
		assert.ok(check.sentence)
	}
})

test('beside a running gateway doctor finds that gateway', async (t) => {
	const sandbox = await openSandbox(t)
	const settings = { WHATSAPP_WS_URL: sandbox.wsUrl, WHATSAPP_NOISE_ROOT: sandbox.noiseRoot }
	const gateway = await openGatewayProcess(t, settings)
	const env = { ...settings, PORT: String(gateway.port), DATA_DIR: gateway.dataDir }
	const { code, stdout } = await doctor([], { ...env, PUBLIC_URL: gateway.url })
	assert.equal(code, 0, stdout)
	assert.match(stdout, /^✓ Port {2,}The gateway answers at http:\/\/127\.0\.0\.1:\d+\.$/m)
	assert.match(stdout, /^✓ Lock .+ in use by process \d+ .+: that is the gateway that answers/m)
	assert.match(stdout, /^✓ PUBLIC_URL {2,}PUBLIC_URL=.+ leads to a gateway\.$/m)
	assert.equal((await fetch(`${gateway.url}/health`)).status, 200)
})

test('a DATA_DIR of another user is named with both users', async (t) => {
	const root = await temporaryDirectory(t)
	await chmod(root, 0o755)
	const DATA_DIR = join(root, 'data')
	await mkdir(DATA_DIR, { mode: 0o700 })
	const isRoot = process.getuid?.() === 0
	if (!isRoot) {
		await chmod(DATA_DIR, 0o000)
		atEnd(t, () => chmod(DATA_DIR, 0o700))
	}
	const env = { DATA_DIR, WHATSAPP_WS_URL: `ws://127.0.0.1:${await freePort()}` }
	const asked = await doctor(['--json'], env, isRoot ? NOBODY : undefined).catch(
		({ code }: NodeJS.ErrnoException) => code,
	)
	if (asked === 'EACCES') return t.skip('another user may not run our Node')
	const { stdout, stderr } = asked as Awaited<ReturnType<typeof doctor>>
	if (/EACCES/.test(stderr)) return t.skip('another user may not read our code')
	const { checks } = JSON.parse(stdout)
	const found = checks.find(({ name }: any) => name === 'data_dir')
	assert.equal(found.state, 'wrong')
	assert.match(
		found.sentence,
		/, as user \d+, may not read and write .+data, which belongs to user/,
	)
	assert.match(found.advice, /chown -R/)
	const unread = checks.filter(({ state }: any) => state === 'unknown').map(({ name }: any) => name)
	assert.ok(unread.includes('clock'))
})
