import assert from 'node:assert/strict'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { temporaryDirectory } from '../../support/directories.ts'
import { openGateway, openSandbox } from '../../support/gateway/gateway.ts'
import { openProxy } from '../../support/net/proxy.ts'
import { freePort } from '../../support/ports.ts'
import { makeReadOnly, smallDisk } from '../../support/small-disk.ts'
import {
	busyPort,
	findingsOf,
	listeningGateway,
	stateWithWebhooks,
	webServer,
	type SetUp,
} from './support/set-up.ts'

/** A set-up that is broken in one way, and what is said about it. */
type Broken = {
	what: string
	/** @returns undefined where this user cannot make such a set-up */
	make(t: TestContext): SetUp | Promise<SetUp | undefined>
	check: string
	state: 'wrong' | 'warning' | 'unknown'
	says: RegExp
	advises?: RegExp
}

const MIB = 1024 ** 2
const NO_NAME = 'no-such-host.invalid'
const KEY = 'f'.repeat(8) + '0'.repeat(56)

const disk = (facts: object): SetUp => ({
	machine: {
		statfs: async () => ({
			type: 0xef53,
			bsize: 4096,
			bavail: 1e9,
			files: 1e6,
			ffree: 1e6,
			...facts,
		}),
	},
})

/** A program at the path of ffmpeg. */
async function program(t: TestContext, name: string, script: string, mode = 0o755) {
	const directory = await temporaryDirectory(t)
	const path = join(directory, name)
	await writeFile(path, `#!/bin/sh\n${script}\n`)
	await chmod(path, mode)
	return { path, directory }
}

const clockAt = async (t: TestContext, ms: number): Promise<SetUp> => {
	const place = await webServer(t, (_, response) => {
		response.setHeader('date', new Date(Date.now() + ms).toUTCString()).end()
	})
	return { env: { WHATSAPP_WS_URL: `ws://${place}` } }
}

const tlsPlace = async (t: TestContext) => new URL((await openSandbox(t)).wsUrl).host

const answering = async (t: TestContext, status: number, headers: Record<string, string> = {}) =>
	webServer(t, (_, response) => void response.writeHead(status, headers).end('hello'))

const closedPlace = async () => `127.0.0.1:${await freePort()}`

const hook = async (t: TestContext, url: string, allow?: string): Promise<SetUp> => ({
	env: { DATA_DIR: await stateWithWebhooks(t, [url]), WEBHOOK_ALLOW: allow },
})

const set = (env: NodeJS.ProcessEnv) => (): SetUp => ({ env })

const table: Broken[] = [
	{
		what: 'an old Node',
		make: () => ({ machine: { nodeVersion: '22.1.0' } }),
		check: 'node',
		state: 'wrong',
		says: /^This is Node 22\.1\.0, and the gateway needs Node 24 or later\.$/,
		advises: /nodejs\.org/,
	},
	{
		what: 'a port that is no number',
		make: set({ PORT: 'abc' }),
		check: 'settings',
		state: 'wrong',
		says: /^PORT=abc cannot be used: it must be a number/,
	},
	{
		what: 'a host that others can reach, with a short key',
		make: set({ HOST: '0.0.0.0', ADMIN_KEY: 'short' }),
		check: 'settings',
		state: 'wrong',
		says: /^HOST=0\.0\.0\.0 can be reached from other machines: set ADMIN_KEY/,
	},
	{
		what: 'a dialect that does not exist',
		make: set({ DIALECTS: 'klingon' }),
		check: 'settings',
		state: 'wrong',
		says: /^DIALECTS contains klingon\. Known are all, none, wask/,
	},
	{
		what: 'a public URL that is none',
		make: set({ PUBLIC_URL: 'example.com' }),
		check: 'settings',
		state: 'wrong',
		says: /^PUBLIC_URL=example\.com cannot be used/,
	},
	{
		what: 'little memory',
		make: () => ({ machine: { memory: 128 * MIB } }),
		check: 'memory',
		state: 'warning',
		says: /^The gateway may use only 128 MB of memory/,
		advises: /256 MB or more/,
	},
	{
		what: 'a clock that is behind',
		make: (t) => clockAt(t, 300_000),
		check: 'clock',
		state: 'wrong',
		says: /^The clock of this machine is (299|300|301) seconds behind that of 127/,
		advises: /timedatectl/,
	},
	{
		what: 'a clock that is ahead',
		make: (t) => clockAt(t, -3_600_000),
		check: 'clock',
		state: 'wrong',
		says: /^The clock of this machine is (3599|3600|3601) seconds ahead of that of 127/,
	},
	{
		what: 'no server to compare the clock with',
		make: async () => ({ env: { WHATSAPP_WS_URL: `ws://${await closedPlace()}` } }),
		check: 'clock',
		state: 'unknown',
		says: /^The clock was not compared: 127\.0\.0\.1:\d+ tells no time\.$/,
	},
	{
		what: 'a port that another program holds',
		make: async (t) => ({ env: { PORT: String(await busyPort(t)) } }),
		check: 'port',
		state: 'wrong',
		says: /^Port \d+ is in use by another program\.$/,
		advises: /PORT=3100/,
	},
	{
		what: 'a port of a gateway with another DATA_DIR',
		make: async (t) => ({ env: { PORT: String((await listeningGateway(t)).port) } }),
		check: 'port',
		state: 'warning',
		says: /^Port \d+ is in use by a gateway that has another DATA_DIR\.$/,
	},
	{
		what: 'an address of another machine',
		make: set({ HOST: '203.0.113.7', ADMIN_KEY: KEY }),
		check: 'port',
		state: 'wrong',
		says: /^203\.0\.113\.7 is not an address of this machine\.$/,
	},
	{
		what: 'a host name without an address',
		make: set({ HOST: NO_NAME, ADMIN_KEY: KEY }),
		check: 'port',
		state: 'wrong',
		says: /^The name no-such-host\.invalid has no address/,
	},
	{
		what: 'a DATA_DIR that is a file',
		make: async (t) => {
			const path = join(await temporaryDirectory(t), 'file')
			await writeFile(path, '')
			return { env: { DATA_DIR: path } }
		},
		check: 'data_dir',
		state: 'wrong',
		says: /^DATA_DIR=\/.+ is a file\.$/,
	},
	{
		what: 'a DATA_DIR that can only be read',
		make: async (t) => {
			const path = await smallDisk(t, MIB)
			if (!path) return undefined
			await makeReadOnly(path)
			return { env: { DATA_DIR: path } }
		},
		check: 'data_dir',
		state: 'wrong',
		says: /is on a file system that can only be read\.$/,
		advises: /Mount it for writing/,
	},
	{
		what: 'a DATA_DIR that cannot be made',
		make: async (t) => {
			const path = await smallDisk(t, MIB)
			if (!path) return undefined
			await makeReadOnly(path)
			return { env: { DATA_DIR: join(path, 'a/b') } }
		},
		check: 'data_dir',
		state: 'wrong',
		says: /does not exist and cannot be made, since .+ can only be read\.$/,
	},
	{
		what: 'a DATA_DIR that every user may look into',
		make: async (t) => {
			const path = await temporaryDirectory(t)
			await chmod(path, 0o755)
			return { env: { DATA_DIR: path } }
		},
		check: 'data_dir',
		state: 'warning',
		says: /^Every user of this machine may look into DATA_DIR=.+ \(mode 755\)\.$/,
		advises: /chmod 700/,
	},
	{
		what: 'a disk that is full',
		make: async (t) => {
			const path = await smallDisk(t, 2 * MIB)
			return path === undefined ? undefined : { env: { DATA_DIR: path } }
		},
		check: 'disk',
		state: 'wrong',
		says: /^Only 2\.0 MB are free where DATA_DIR is: the state/,
	},
	{
		what: 'a disk that takes no more files',
		make: async (t) => {
			const path = await smallDisk(t, 32 * MIB, 50)
			return path === undefined ? undefined : { env: { DATA_DIR: path } }
		},
		check: 'disk',
		state: 'wrong',
		says: /can take only \d\d more files, though it has space\.$/,
	},
	{
		what: 'a disk that is nearly full',
		make: () => disk({ bavail: 100_000 }),
		check: 'disk',
		state: 'warning',
		says: /^Only 391 MB are free where DATA_DIR is\.$/,
	},
	{
		what: 'a DATA_DIR in memory',
		make: async (t) => {
			const path = await smallDisk(t, MIB)
			return path === undefined ? undefined : { env: { DATA_DIR: path } }
		},
		check: 'file_system',
		state: 'warning',
		says: /in memory \(tmpfs\)/,
	},
	{
		what: 'a DATA_DIR on NFS',
		make: () => disk({ type: 0x6969 }),
		check: 'file_system',
		state: 'warning',
		says: /^DATA_DIR is on NFS, which another machine or program serves/,
	},
	{
		what: 'a DATA_DIR on CIFS, whose number has a sign on some systems',
		make: () => disk({ type: 0xff534d42 | 0 }),
		check: 'file_system',
		state: 'warning',
		says: /^DATA_DIR is on CIFS/,
	},
	{
		what: 'a DATA_DIR in a container without a volume',
		make: () => disk({ type: 0x794c7630 }),
		check: 'file_system',
		state: 'warning',
		says: /in the container itself/,
	},
	{
		what: 'a DATA_DIR that another gateway uses',
		make: async (t) => {
			const { dataDir } = await openGateway(t)
			return { env: { DATA_DIR: dataDir, PORT: String(await freePort()) } }
		},
		check: 'lock',
		state: 'wrong',
		says: /^DATA_DIR is in use by process \d+ on .+, and no gateway answers at http/,
	},
	{
		what: 'state without its key',
		make: async (t) => ({ env: { DATA_DIR: await stateWithWebhooks(t, [], KEY) } }),
		check: 'state',
		state: 'wrong',
		says: /^The state is encrypted, and no key was given/,
	},
	{
		what: 'state with another key',
		make: async (t) => ({
			env: { DATA_DIR: await stateWithWebhooks(t, [], KEY), STATE_KEY: '1'.repeat(64) },
		}),
		check: 'state',
		state: 'wrong',
		says: /^The state was encrypted with another key/,
	},
	{
		what: 'a key that is too short',
		make: set({ STATE_KEY: 'short' }),
		check: 'state',
		state: 'wrong',
		says: /^STATE_KEY is too short/,
	},
	{
		what: 'a key file that is not there',
		make: set({ STATE_KEY_FILE: '/nowhere/key' }),
		check: 'state',
		state: 'wrong',
		says: /^STATE_KEY_FILE \/nowhere\/key cannot be read/,
	},
	{
		what: 'state of a newer gateway',
		make: async (t) => {
			const DATA_DIR = await temporaryDirectory(t)
			const marker = { format: 99, version: '9.9.9' }
			await writeFile(join(DATA_DIR, 'format'), JSON.stringify(marker))
			return { env: { DATA_DIR } }
		},
		check: 'state',
		state: 'wrong',
		says: /was written by version 9\.9\.9 of the gateway, in format 99\./,
	},
	{
		what: 'state that is damaged',
		make: async (t) => {
			const DATA_DIR = await stateWithWebhooks(t, [])
			const file = join(DATA_DIR, 'sessions/main.json')
			await writeFile(file, (await readFile(file, 'utf8')).slice(0, 40))
			return { env: { DATA_DIR } }
		},
		check: 'state',
		state: 'wrong',
		says: /main\.json is damaged: it is cut or garbled/,
	},
	{
		what: 'an admin key from an example',
		make: set({ ADMIN_KEY: 'change-me-to-something-long' }),
		check: 'keys',
		state: 'warning',
		says: /^ADMIN_KEY is a word from an example/,
	},
	{
		what: 'a short admin key',
		make: set({ ADMIN_KEY: 'k3Zq9' }),
		check: 'keys',
		state: 'warning',
		says: /^ADMIN_KEY has only 5 characters\.$/,
	},
	{
		what: 'a MEDIA_DIR that is not there',
		make: set({ MEDIA_DIR: '/nowhere/media' }),
		check: 'media_dir',
		state: 'warning',
		says: /^MEDIA_DIR=\/nowhere\/media is no directory/,
	},
	{
		what: 'no ffmpeg',
		make: set({ FFMPEG_PATH: '/nowhere/ffmpeg' }),
		check: 'ffmpeg',
		state: 'warning',
		says: /^\/nowhere\/ffmpeg is not there/,
		advises: /apt-get install ffmpeg/,
	},
	{
		what: 'ffmpeg without ffprobe',
		make: async (t) => {
			const { path } = await program(t, 'ffmpeg', 'echo ffmpeg version 7.1')
			return { env: { FFMPEG_PATH: path } }
		},
		check: 'ffmpeg',
		state: 'warning',
		says: /^There is ffmpeg, but \/.+\/ffprobe is not there/,
	},
	{
		what: 'an ffmpeg that may not be run',
		make: async (t) => ({
			env: { FFMPEG_PATH: (await program(t, 'ffmpeg', 'true', 0o644)).path },
		}),
		check: 'ffmpeg',
		state: 'warning',
		says: /ffmpeg may not be run by this user/,
		advises: /chmod a\+rx/,
	},
	{
		what: 'an ffmpeg that fails',
		make: async (t) => ({ env: { FFMPEG_PATH: (await program(t, 'ffmpeg', 'exit 127')).path } }),
		check: 'ffmpeg',
		state: 'warning',
		says: /ffmpeg cannot be run/,
	},
	{
		what: 'an ffmpeg that is too old',
		make: async (t) => {
			const { path, directory } = await program(t, 'ffmpeg', 'echo ffmpeg version 2.8.17')
			await writeFile(join(directory, 'ffprobe'), '#!/bin/sh\n')
			await chmod(join(directory, 'ffprobe'), 0o755)
			return { env: { FFMPEG_PATH: path } }
		},
		check: 'ffmpeg',
		state: 'warning',
		says: /^ffmpeg 2\.8\.17 is too old/,
	},
	{
		what: 'no public URL where others reach the gateway',
		make: set({ HOST: '0.0.0.0', ADMIN_KEY: KEY }),
		check: 'public_url',
		state: 'warning',
		says: /^PUBLIC_URL is not set: links to files begin with http:\/\/0\.0\.0\.0/,
	},
	{
		what: 'a public URL of something else',
		make: async (t) => ({ env: { PUBLIC_URL: `http://${await answering(t, 200)}` } }),
		check: 'public_url',
		state: 'wrong',
		says: /answers 200, and not as a gateway/,
	},
	{
		what: 'a public URL that redirects to https',
		make: async (t) => {
			const place = await answering(t, 301, { location: 'https://wa.example/' })
			return { env: { PUBLIC_URL: `http://${place}` } }
		},
		check: 'public_url',
		state: 'wrong',
		says: /redirects to https\.$/,
	},
	{
		what: 'a public URL whose certificate is not trusted',
		make: async (t) => ({ env: { PUBLIC_URL: `https://${await tlsPlace(t)}` } }),
		check: 'public_url',
		state: 'wrong',
		says: /^PUBLIC_URL: 127\.0\.0\.1:\d+ has a TLS certificate that is not trusted/,
	},
	{
		what: 'a public URL whose name has no address',
		make: set({ PUBLIC_URL: `https://${NO_NAME}` }),
		check: 'public_url',
		state: 'wrong',
		says: /^PUBLIC_URL: no-such-host\.invalid has no address/,
	},
	{
		what: 'a public URL behind which no gateway runs yet',
		make: async (t) => ({
			env: { PUBLIC_URL: `http://${await answering(t, 502)}`, PORT: String(await freePort()) },
		}),
		check: 'public_url',
		state: 'unknown',
		says: /answers 502, as no gateway runs behind it/,
	},
	{
		what: 'a proxy that is not trusted',
		make: set({ PUBLIC_URL: 'https://wa.example.com' }),
		check: 'trusted_proxies',
		state: 'warning',
		says: /^PUBLIC_URL is that of a proxy \(wa\.example\.com\), and TRUSTED_PROXIES is not set/,
	},
	{
		what: 'a proxy in the environment',
		make: set({ https_proxy: 'http://proxy:3128' }),
		check: 'proxy_environment',
		state: 'warning',
		says: /^https_proxy is set, and the gateway does not use it/,
	},
	{
		what: 'WhatsApp without an address',
		make: set({ WHATSAPP_WS_URL: `wss://${NO_NAME}/ws` }),
		check: 'whatsapp',
		state: 'wrong',
		says: /^No connection to WhatsApp: no-such-host\.invalid has no address/,
		advises: /DNS/,
	},
	{
		what: 'WhatsApp behind a firewall that refuses',
		make: async () => ({ env: { WHATSAPP_WS_URL: `wss://${await closedPlace()}/ws` } }),
		check: 'whatsapp',
		state: 'wrong',
		says: /^No connection to WhatsApp: 127\.0\.0\.1 does not accept connections\.$/,
		advises: /firewall/,
	},
	{
		what: 'WhatsApp behind something that opens TLS',
		make: async (t) => ({ env: { WHATSAPP_WS_URL: `wss://${await tlsPlace(t)}/ws` } }),
		check: 'whatsapp',
		state: 'wrong',
		says: /^No connection to WhatsApp: 127\.0\.0\.1 has a TLS certificate that is not trusted/,
		advises: /virus scanner/,
	},
	{
		what: 'a login page in the place of WhatsApp',
		make: async (t) => ({ env: { WHATSAPP_WS_URL: `ws://${await answering(t, 200)}/ws` } }),
		check: 'whatsapp',
		state: 'wrong',
		says: /answers 200 instead of a WebSocket\.$/,
		advises: /login page/,
	},
	{
		what: 'a proxy of a session that connects nobody',
		make: async (t) => {
			const sandbox = await openSandbox(t)
			const proxy = await openProxy(t, 'http')
			const gateway = await openGateway(t, { sandbox })
			await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
			const body = { url: proxy.url }
			const set = await gateway.request('PUT', '/api/v1/sessions/main/proxy', body)
			assert.equal(set.status, 200, set.text)
			await gateway.stop()
			proxy.works = false
			return { env: { DATA_DIR: gateway.dataDir, WHATSAPP_WS_URL: sandbox.wsUrl } }
		},
		check: 'whatsapp',
		state: 'wrong',
		says: /^No connection to WhatsApp: The proxy 127\.0\.0\.1:\d+ answers 503\.$/,
	},
	{
		what: 'a simulated WhatsApp that does not run',
		make: async () => ({ env: { SANDBOX: `http://${await closedPlace()}` } }),
		check: 'whatsapp',
		state: 'wrong',
		says: /^No sandbox answers at http/,
	},
	{
		what: 'a webhook that may not be called',
		make: async (t) => hook(t, `http://${await closedPlace()}/hook`),
		check: 'webhooks',
		state: 'wrong',
		says: /^http:\/\/127\.0\.0\.1:\d+ \(the webhook of session main\) may not be called\.$/,
		advises: /WEBHOOK_ALLOW=127\.0\.0\.1:\d+/,
	},
	{
		what: 'a webhook whose program does not run',
		make: async (t) => hook(t, `http://${await closedPlace()}/hook`, '127.0.0.1'),
		check: 'webhooks',
		state: 'wrong',
		says: /\(the webhook of session main\) does not accept connections\.$/,
		advises: /In a container, this address is the container itself/,
	},
	{
		what: 'a webhook whose certificate is not trusted',
		make: async (t) => hook(t, `https://${await tlsPlace(t)}/hook`, '127.0.0.1'),
		check: 'webhooks',
		state: 'wrong',
		says: /^https:.+ has a TLS certificate that is not trusted \(\w+\)\.$/,
		advises: /NODE_EXTRA_CA_CERTS/,
	},
	{
		what: 'a webhook that speaks no TLS',
		make: async (t) => hook(t, `https://${await answering(t, 200)}/hook`, '127.0.0.1'),
		check: 'webhooks',
		state: 'wrong',
		says: /does not speak TLS as it should/,
	},
	{
		what: 'a webhook whose name has no address',
		make: (t) => hook(t, `https://${NO_NAME}/hook`),
		check: 'webhooks',
		state: 'wrong',
		says: /^https:\/\/no-such-host\.invalid .+ has no address/,
	},
	{
		what: 'a webhook at a test URL of n8n',
		make: async (t) =>
			hook(t, `http://${await answering(t, 404)}/webhook-test/secret`, '127.0.0.1'),
		check: 'webhooks',
		state: 'warning',
		says: /is a test URL of n8n/,
		advises: /\/webhook\//,
	},
]

const said = new Map<string, string>()

for (const { what, make, check, state, says, advises } of table)
	test(`doctor has a sentence for ${what}`, async (t) => {
		const setUp = await make(t)
		if (!setUp) return t.skip('this user cannot make such a set-up')
		const findings = await findingsOf(t, check, setUp)
		const found = findings.find(({ sentence }) => says.test(sentence))
		assert.ok(found, JSON.stringify(findings))
		assert.equal(found.state, state)
		assert.match(found.sentence, /\.( |\n|$)/)
		if (advises) assert.match(found.advice ?? '', advises)
		said.set(what, found.sentence)
		assert.doesNotMatch(JSON.stringify(findings), /secret|user:/)
	})

test('each of them has a sentence of its own', () => {
	assert.ok(said.size >= 20)
	// A number, a path or an address is no difference.
	const plain = [...said.values()].map((text) => text.replaceAll(/\d+|\/\S+/g, ''))
	assert.deepEqual(
		plain.filter((text, at) => plain.indexOf(text) !== at),
		[],
	)
})

test('all settings that cannot be used are named at once, and the other checks run with the defaults', async (t) => {
	const env = { PORT: 'abc', LOG_LEVEL: 'loud', MEDIA_KEEP_DAYS: '9' }
	const findings = await findingsOf(t, 'settings', { env, argv: ['--colour', 'red'] })
	const sentences = findings.map(({ sentence }) => sentence).join('\n')
	for (const word of ['--colour', 'PORT=abc', 'LOG_LEVEL=loud', 'MEDIA_KEEP_DAYS must'])
		assert.ok(sentences.includes(word), word)
	const [port] = await findingsOf(t, 'port', { env: { PORT: 'abc', HOST: '127.0.0.1' } })
	assert.match(port!.sentence, /Port 3000/)
})

test('a directory that is made by nobody yet is no trouble', async (t) => {
	const root = await temporaryDirectory(t)
	await mkdir(join(root, 'there'))
	const [found] = await findingsOf(t, 'data_dir', { env: { DATA_DIR: join(root, 'there/a/b') } })
	assert.equal(found!.state, 'fine')
})
