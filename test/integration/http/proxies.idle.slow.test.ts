import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { Agent, request as ask, type Dispatcher } from 'undici'
import { run } from '../../support/command.ts'
import { atEnd, temporaryDirectory } from '../../support/directories.ts'
import { ADMIN_KEY } from '../../support/gateway/gateway.ts'
import { openGatewayProcess } from '../../support/gateway/process.ts'
import { ROOT } from '../../support/paths.ts'
import { freePort } from '../../support/ports.ts'
import { until } from '../../support/wait.ts'

/** The name in the files of the docs. */
const NAME = 'wa.example.com'
/** The client comes from an address that is no proxy's. */
const CLIENT = '127.0.0.2'
/** Seconds that a send takes, and a shorter time that nginx waits by itself here, in the place of 60 s. */
const SEND_TIMEOUT = 6
const OWN_PATIENCE = 2
const UPLOAD_BYTES = 60_000_000
const MAIN = '/api/v1/sessions/main'

type Ports = { http: number; https: number; gateway: number }

const documented = (name: string) => readFile(join(ROOT, 'docs/running', name), 'utf8')

/** Starts a program in the foreground. */
function start(t: TestContext, command: string, args: string[], home: string): () => string {
	const env = { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home }
	const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
	let output = ''
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (data) => (output = `${output}${data}`.slice(-4000)))
	atEnd(t, async () => {
		if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit')
	})
	return () => output
}

/** Each runs the file of the docs, with other ports and certificates. */
const proxies: Record<string, (t: TestContext, ports: Ports) => Promise<() => string>> = {
	async nginx(t, { http, https, gateway }) {
		const home = await temporaryDirectory(t)
		const [cert, key] = [join(home, 'cert.pem'), join(home, 'key.pem')]
		const subject = ['-subj', `/CN=${NAME}`, '-keyout', key, '-out', cert]
		await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject])
		const site = (await documented('nginx.conf'))
			.replaceAll(/^\tlisten \[::\].*\n/gm, '')
			.replace('listen 80;', `listen 127.0.0.1:${http};`)
			.replace('listen 443 ', `listen 127.0.0.1:${https} `)
			.replace(/(ssl_certificate) .*;/, `$1 ${cert};`)
			.replace(/(ssl_certificate_key) .*;/, `$1 ${key};`)
			.replace('127.0.0.1:3000', `127.0.0.1:${gateway}`)
		const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
			(name) => `${name}_temp_path ${home}/${name};`,
		)
		const patience = ['read', 'send'].map((way) => `proxy_${way}_timeout ${OWN_PATIENCE}s;`)
		const around = ['access_log off;', ...patience, ...temporary, 'include site.conf;']
		const main = ['daemon off;', 'master_process off;', `pid ${home}/pid;`, 'events {}']
		await writeFile(join(home, 'site.conf'), site)
		await writeFile(join(home, 'main.conf'), [...main, 'http {', ...around, '}'].join('\n'))
		return start(t, 'nginx', ['-e', 'stderr', '-p', home, '-c', join(home, 'main.conf')], home)
	},
	async caddy(t, { http, https, gateway }) {
		const home = await temporaryDirectory(t)
		const options = ['admin off', 'local_certs', 'skip_install_trust', 'default_bind 127.0.0.1']
		const ports = [`http_port ${http}`, `https_port ${https}`]
		const site = (await documented('Caddyfile')).replace('127.0.0.1:3000', `127.0.0.1:${gateway}`)
		const file = join(home, 'Caddyfile')
		await writeFile(file, `{\n${[...options, ...ports].join('\n')}\n}\n${site}`)
		await mkdir(join(home, 'caddy'), { recursive: true })
		return start(t, 'caddy', ['run', '--config', file, '--adapter', 'caddyfile'], home)
	},
}

/** A place from which a file never comes. */
async function openSilence(t: TestContext): Promise<string> {
	const server = createServer().listen(0, '127.0.0.1')
	await once(server, 'listening')
	const sockets: { destroy(): void }[] = []
	server.on('connection', (socket) => void sockets.push(socket))
	atEnd(t, () => {
		for (const socket of sockets) socket.destroy()
		server.close()
	})
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}/file.jpg`
}

/** Asks as somebody on the internet does: by name, over TLS, from an address of their own. */
function openClient(t: TestContext, port: number) {
	const agent = new Agent({
		bodyTimeout: 0,
		headersTimeout: 0,
		localAddress: CLIENT,
		connect: {
			rejectUnauthorized: false,
			lookup: (_name, _options, found) => found(null, '127.0.0.1', 4),
		},
	})
	atEnd(t, () => agent.destroy())
	const origin = `https://${NAME}:${port}`
	type More = Pick<Dispatcher.RequestOptions, 'headers'> & { body?: any; from?: string }
	const withKey = { 'x-api-key': ADMIN_KEY }

	async function get(method: string, path: string, { from = origin, ...more }: More = {}) {
		const answer = await ask(`${from}${path}`, {
			dispatcher: agent,
			method: method as Dispatcher.HttpMethod,
			headers: withKey,
			...more,
		})
		return { status: answer.statusCode, headers: answer.headers, body: answer.body }
	}

	async function json(method: string, path: string, body?: object, headers: object = withKey) {
		const answer = await get(method, path, {
			headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
			...(body && { body: JSON.stringify(body) }),
		})
		const text = await answer.body.text()
		return { ...answer, text, body: /^[[{]/.test(text) ? JSON.parse(text) : undefined }
	}

	/** Reads a stream of events for as long as the test runs. */
	async function listen(path: string, headers: Record<string, string> = withKey) {
		const { status, body } = await get('GET', path, { headers })
		assert.equal(status, 200)
		let heard = ''
		body.on('data', (chunk) => (heard += chunk))
		body.on('error', () => {})
		return (text: string) => until(`${path} brings ${text}`, () => heard.includes(text))
	}

	return { origin, get, json, listen }
}

async function openWorld(t: TestContext, proxy: string) {
	const [http, https] = [await freePort(), await freePort()]
	const gateway = await openGatewayProcess(t, {
		SANDBOX: '1',
		LOG_FORMAT: 'json',
		PUBLIC_URL: `https://${NAME}`,
		TRUSTED_PROXIES: '127.0.0.1',
		SEND_TIMEOUT: String(SEND_TIMEOUT),
		FETCH_ALLOW: '127.0.0.1',
	})
	const output = await proxies[proxy]!(t, { http, https, gateway: gateway.port })
	const client = openClient(t, https)
	await until(`${proxy} answers: ${output()}`, async () => {
		const answer = await client.json('GET', '/health').catch(() => undefined)
		return answer?.status === 200
	})
	await client.json('POST', '/api/v1/sessions', { id: 'main' })
	const { body } = await client.json('GET', `${MAIN}/qr`)
	await client.json('POST', '/sandbox/phones', { phone: '491700000001', name: 'Owner' })
	await client.json('POST', '/sandbox/phones', { phone: '491700000002', name: 'Ada' })
	await client.json('POST', '/sandbox/phones/491700000001/scan', { qr: body.qr })
	await until('the session is open', async () => {
		return (await client.json('GET', MAIN)).body.status === 'open'
	})
	return { http, client, gateway }
}

for (const proxy of Object.keys(proxies))
	test(`the documented ${proxy} passes pages, events, files, addresses and long requests`, async (t) => {
		const { http, client, gateway } = await openWorld(t, proxy)
		const to = '491700000002'

		const url = await openSilence(t)
		const slow = client.json('POST', `${MAIN}/messages/image`, { to, image: { url } })

		const plain = await client.get('GET', '/console?x=1', { from: `http://${NAME}:${http}` })
		assert.ok([301, 308].includes(plain.status), `${plain.status}`)
		assert.match(
			String(plain.headers.location),
			/^https:\/\/wa\.example\.com(:\d+)?\/console\?x=1$/,
		)

		const page = { 'x-console': '1', origin: client.origin, 'sec-fetch-site': 'same-origin' }
		const signIn = await client.json('POST', '/console/api/sign-in', { key: ADMIN_KEY }, page)
		assert.equal(signIn.status, 204, signIn.text)
		const cookie = String(signIn.headers['set-cookie'])
		assert.match(cookie, /^__Secure-console=.*; Secure/)

		const news = await client.listen('/console/api/news', { cookie: cookie.split(';')[0]! })
		const events = await client.listen(`${MAIN}/events/stream`)
		const text = { to: '491700000001', text: 'seen at once' }
		await client.json('POST', '/sandbox/phones/491700000002/messages', text)
		await events('seen at once')
		await client.json('POST', '/api/v1/sessions', { id: 'another' })
		await news('another')

		const form = new FormData()
		form.set('file', new Blob([randomBytes(UPLOAD_BYTES)]), 'large.bin')
		form.set('media_type', 'document')
		const encoded = new Response(form)
		const upload = await client.get('POST', `${MAIN}/media/upload`, {
			headers: { 'x-api-key': ADMIN_KEY, 'content-type': encoded.headers.get('content-type')! },
			body: Buffer.from(await encoded.arrayBuffer()),
		})
		assert.equal(upload.status, 200, await upload.body.text())

		for (let n = 0; n < 10; n++) {
			const forged = { 'x-api-key': 'wrong', 'x-forwarded-for': `198.51.100.${n}` }
			assert.equal((await client.json('GET', MAIN, undefined, forged)).status, 401)
		}
		const forged = { 'x-api-key': 'wrong', 'x-forwarded-for': '198.51.100.99' }
		assert.equal((await client.json('GET', MAIN, undefined, forged)).status, 429)
		const named = new RegExp(`"address":"${CLIENT}".*too many wrong API keys`)
		await until('the log names the client', async () => named.test(await gateway.log()))

		const late = await slow
		assert.deepEqual([late.status, late.body?.code], [504, 'send_timeout'], late.text)
	})
