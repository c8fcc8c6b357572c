import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test, type TestContext } from 'node:test'
import { consoleAddress } from '../../../gateway/src/cli/terminal.ts'
import { startSandbox } from '../../../gateway/src/sandbox/index.ts'
import { bareEnvironment } from '../../support/command.ts'
import { until } from '../../support/wait.ts'
import { atEnd, openSandbox, temporaryDirectory } from '../../support/gateway/gateway.ts'

const MAIN = new URL('../../../gateway/src/main.ts', import.meta.url).pathname

/** A start takes a second of a core, of which a busy machine gives it a tenth and less. */
const STARTING_UP_MS = 60_000

/** Runs the command in a directory of its own, with no setting but those given. */
async function run(t: TestContext, args: string[], env: Record<string, string> = {}) {
	const cwd = await temporaryDirectory(t)
	const child = spawn(process.execPath, [MAIN, ...args], {
		cwd,
		env: { ...bareEnvironment(), PORT: '0', ...env },
	})
	let printed = ''
	child.stdout.on('data', (chunk) => (printed += chunk))
	const complaints = text(child.stderr)
	const ended = once(child, 'exit').then(([code]) => code as number | null)
	atEnd(t, async () => {
		child.kill('SIGKILL')
		await ended
	})
	const find = async (pattern: RegExp) =>
		(
			await until(`it prints ${pattern}`, () => pattern.exec(printed), { timeout: STARTING_UP_MS })
		)[0]
	return { child, cwd, ended, complaints, find, printed: () => printed }
}

test('--help prints the settings and ends', async (t) => {
	const { ended, find } = await run(t, ['--help'])
	await find(/ADMIN_KEY/)
	assert.equal(await ended, 0)
})

test('an invalid setting ends the command with one line', async (t) => {
	const { ended, complaints } = await run(t, [], { HOST: '0.0.0.0', ADMIN_KEY: 'short' })
	assert.equal(await ended, 78)
	assert.match(await complaints, /^HOST=0\.0\.0\.0 can be reached[^\n]*\n$/)
})

test('a busy port is explained in one line', async (t) => {
	const server = createServer().listen(0, '127.0.0.1')
	await once(server, 'listening')
	atEnd(t, () => server.close())
	const { port } = server.address() as AddressInfo
	const { ended, complaints } = await run(t, ['--sandbox', '--port', String(port)])
	assert.equal(await ended, 1)
	assert.equal(
		await complaints,
		`Port ${port} is in use by another program. Choose another, for example with --port 3100.\n`,
	)
})

test('a start without ffmpeg says what will not work, and how to get it', async (t) => {
	const { find } = await run(t, ['--sandbox'], { FFMPEG_PATH: '/nowhere/ffmpeg' })
	await find(
		/\/nowhere\/ffmpeg is not there, so audio and video .* cannot be sent\. Install ffmpeg /,
	)
})

/** Runs the commands that a start has printed, until the session that they make is open. */
async function linksAsTold(
	{ find }: Awaited<ReturnType<typeof run>>,
	address: string,
	key: string,
) {
	const commands = await find(/^ {2}curl [^]*\/scan$/m)
	for (const command of commands.split('\n')) {
		const child = spawn('sh', ['-c', command], { env: { ...process.env, KEY: key } })
		assert.doesNotMatch(await text(child.stdout), /"status":4/, command)
	}
	await until('the session that it has told how to make is open', async () => {
		const answer = await fetch(`${address}/api/v1/sessions/main`, { headers: { 'x-api-key': key } })
		return ((await answer.json()) as { status: string }).status === 'open'
	})
}

test('the commands for a simulated WhatsApp in another process link a session to it', async (t) => {
	const sandbox = await startSandbox({ servesControl: true })
	atEnd(t, () => sandbox.close())
	const first = await run(t, [`--sandbox=${new URL(sandbox.wsUrl.replace('ws:', 'http:')).origin}`])
	const key = await first.find(/wag_[\w-]{43}/)
	const address = await first.find(/http:\/\/127\.0\.0\.1:\d+/)
	await linksAsTold(first, address, key)
})

test('the first start prints a key that works, a later one does not, and it stops when told', async (t) => {
	const first = await run(t, ['--sandbox'])
	const key = await first.find(/wag_[\w-]{43}/)
	const address = await first.find(/http:\/\/127\.0\.0\.1:\d+/)
	const answer = await fetch(`${address}/api/v1/sessions`, { headers: { 'x-api-key': key } })
	assert.deepEqual(await answer.json(), { sessions: [], total: 0 })
	assert.equal((await fetch(`${address}/sandbox`)).status, 401)
	assert.equal((await fetch(`${address}/sandbox`, { headers: { 'x-api-key': key } })).status, 200)

	await first.find(/Or go on in a browser: http:\/\/127\.0\.0\.1:\d+\/console\n/)
	await linksAsTold(first, address, key)

	const second = await run(t, ['--sandbox'], { DATA_DIR: `${first.cwd}/data` })
	assert.equal(await second.ended, 75)
	assert.match(await second.complaints, new RegExp(`in use by process ${first.child.pid} on `))

	first.child.kill('SIGTERM')
	assert.equal(await first.ended, 0)
	await first.find(/gateway stopped/)
	const third = await run(t, ['--sandbox'], { DATA_DIR: `${first.cwd}/data` })
	await third.find(/http:\/\//)
	assert.doesNotMatch(third.printed(), /wag_|no session/)
})

test('the first start writes the key into ADMIN_KEY_FILE and not into the log, and later ones use it', async (t) => {
	const file = join(await temporaryDirectory(t), 'admin-key')
	const env = { HOST: '0.0.0.0', ADMIN_KEY_FILE: file }
	const first = await run(t, ['--sandbox'], env)
	const authorized = async ({ find }: typeof first) => {
		const address = (await find(/http:\/\/0\.0\.0\.0:\d+/)).replace('0.0.0.0', '127.0.0.1')
		const headers = { 'x-api-key': (await readFile(file, 'utf8')).trim() }
		return (await fetch(`${address}/api/v1/keys`, { headers })).status
	}
	assert.equal(await authorized(first), 200)
	assert.match(first.printed(), new RegExp(`it is in ${file}`))
	assert.doesNotMatch(first.printed(), /wag_/)
	assert.equal((await stat(file)).mode & 0o777, 0o600)

	const second = await run(t, ['--sandbox'], env)
	assert.equal(await authorized(second), 200)
	assert.doesNotMatch(second.printed(), /wag_|it is in/)
})

const keyFiles: [content: string | undefined, said: RegExp][] = [
	['short', /set ADMIN_KEY to 24/],
	['', /^ADMIN_KEY_FILE .* is empty/],
	[undefined, /^ADMIN_KEY_FILE=.* is not there and cannot be made/],
]
for (const [content, said] of keyFiles)
	test(`an ADMIN_KEY_FILE that says ${JSON.stringify(content)} is refused on an open host`, async (t) => {
		const directory = await temporaryDirectory(t)
		const file = join(directory, content === undefined ? 'none/key' : 'key')
		if (content !== undefined) await writeFile(file, content)
		const { ended, complaints } = await run(t, [], { HOST: '0.0.0.0', ADMIN_KEY_FILE: file })
		assert.equal(await ended, 78)
		assert.match(await complaints, said)
	})

test('people of the built-in sandbox send files of more than a megabyte', async (t) => {
	const { find } = await run(t, ['--sandbox'])
	const headers = { 'x-api-key': await find(/wag_[\w-]{43}/), 'content-type': 'application/json' }
	const phones = `${await find(/http:\/\/127\.0\.0\.1:\d+/)}/sandbox/phones`
	const post = async (url: string, body: object) =>
		(await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json()
	for (const phone of ['491700000001', '491700000002']) await post(phones, { phone })
	const data = randomBytes(2_000_000)
	const document = { data: data.toString('base64'), mimetype: 'application/zip' }
	const said = { to: '491700000002', document }
	const { id } = (await post(`${phones}/491700000001/messages`, said)) as { id: string }
	const file = await until('the file has arrived', async () => {
		const answer = await fetch(`${phones}/491700000002/messages/${id}/media`, { headers })
		return answer.ok && answer
	})
	assert.ok(data.equals(Buffer.from(await file.arrayBuffer())))
})

test('npm start makes a session, shows its QR and says where it is over HTTP', async (t) => {
	const sandbox = await openSandbox(t)
	const env = { WHATSAPP_WS_URL: sandbox.wsUrl, WHATSAPP_NOISE_ROOT: sandbox.noiseRoot }
	const { find } = await run(t, [], env)
	await find(/▄/)
	const line = await find(/curl .*qr\?format=png.*/)
	const key = await find(/wag_[\w-]{43}/)
	await find(
		/Next: link your number.*\nOr sign in to http:\/\/127\.0\.0\.1:\d+\/console with the key/,
	)
	const url = /"(http[^"]*)"/.exec(line)![1]!
	const picture = await fetch(url, { headers: { 'x-api-key': key } })
	assert.equal(picture.headers.get('content-type'), 'image/png')
	const { qr } = (await (
		await fetch(url.replace('?format=png', ''), { headers: { 'x-api-key': key } })
	).json()) as { qr: string }
	sandbox.phone('491700000001').scans(qr)
	await find(
		/Session main is linked and connected\.\nNext: .*\nOr go on in a browser: http:.*\/console\n/,
	)
})

const formats: [format: string, line: RegExp][] = [
	['auto', /^\{"level":40,.*"session":"main","why":"127\.0\.0\.1 does not accept connections/m],
	[
		'text',
		/^[\d:]{8} warn {2}\[main\] no connection .*: 127\.0\.0\.1 does not accept connections/m,
	],
]
for (const [LOG_FORMAT, line] of formats)
	test(`with LOG_FORMAT=${LOG_FORMAT} the log says in words why WhatsApp cannot be reached`, async (t) => {
		const { find } = await run(t, [], { LOG_FORMAT, WHATSAPP_WS_URL: 'ws://127.0.0.1:9/' })
		await find(line)
	})

const consoles: [address: string, settings: Parameters<typeof consoleAddress>[1], at?: string][] = [
	['http://127.0.0.1:3000', { CONSOLE: 'on' }, 'http://127.0.0.1:3000/console'],
	['http://0.0.0.0:3000', { CONSOLE: 'on' }, 'http://127.0.0.1:3000/console'],
	['http://[::]:3000', { CONSOLE: 'on' }, 'http://[::1]:3000/console'],
	[
		'http://0.0.0.0:3000',
		{ CONSOLE: 'on', PUBLIC_URL: 'https://wa.example/base/' },
		'https://wa.example/base/console',
	],
	['http://127.0.0.1:3000', { CONSOLE: 'off' }],
]
for (const [address, settings, at] of consoles)
	test(`a browser finds the console of ${settings.PUBLIC_URL ?? address} at ${at ?? 'no address'}`, () => {
		assert.equal(consoleAddress(address, settings), at)
	})

test('a media authority that is none is named', async (t) => {
	const file = join(await temporaryDirectory(t), 'ca.pem')
	await writeFile(file, 'not a certificate')
	const { ended, complaints } = await run(t, [], { WHATSAPP_MEDIA_CA: file })
	assert.equal(await ended, 78)
	assert.equal(await complaints, `WHATSAPP_MEDIA_CA=${file} holds no certificate in PEM\n`)
})

test('a sandbox that does not run is named', async (t) => {
	const { ended, complaints } = await run(t, ['--sandbox=http://127.0.0.1:9'])
	assert.equal(await ended, 78)
	assert.match(await complaints, /No sandbox answers at http:\/\/127\.0\.0\.1:9\/sandbox/)
})
