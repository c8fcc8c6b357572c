import assert from 'node:assert/strict'
import { createCipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { proto } from '@whiskeysockets/baileys'
import { createLog } from '../../../../gateway/src/log.ts'
import { fileUrl } from '../../../../gateway/src/media/download/file-url.ts'
import { createMediaDownloader, type EncryptedFile } from '../../../../gateway/src/media/index.ts'
import { issueFor, newAuthority } from '../../../../gateway/src/sandbox/wire/x509.ts'
import { watchConnects } from '../../../support/media/connects.ts'
import { openServer } from '../../../support/media/server.ts'
import { mediaPath, openFileWorld } from '../../../support/gateway/files.ts'

const HASH = Buffer.alloc(32, 1)

const badPaths = (port: number) => [
	`@127.0.0.1:${port}/x`,
	`:${port}/x`,
	`.127.0.0.1.nip.io:${port}/x`,
	`127.0.0.1:${port}/x`,
	`http://127.0.0.1:${port}/x`,
	`https://127.0.0.1:${port}/x`,
	`\\\\127.0.0.1:${port}\\x`,
	`/..`,
	`/v/../sandbox/phones`,
	`/v/%2e%2e/sandbox/phones`,
	`/v/.%2E/x`,
	`/v\\..\\x`,
	`/v/x#y`,
	`/v/x y`,
	`/v/\r\nHost: evil`,
	`/v/\tx`,
	`?x`,
	`#x`,
]

test('no path of a message or a caller leads to anything but a file of the media host', async (t) => {
	const { owner, adaSends, gateway, post } = await openFileWorld(t)
	owner.incoming.listens = false
	const trap = await openServer(t, (_request, response) => response.end('secret'))
	await post('/media/upload', { media_type: 'document', data: 'eA==' })
	const file = { mediaKey: HASH, fileSha256: HASH, fileEncSha256: HASH, mimetype: 'text/plain' }
	const connects = watchConnects(t)
	for (const directPath of badPaths(trap.port)) {
		const id = await adaSends({ documentMessage: { ...file, directPath } })
		const got = await gateway.request('GET', mediaPath(id))
		const downloaded = await post('/media/download', {
			direct_path: directPath,
			media_key: HASH.toString('base64'),
			file_sha256: HASH.toString('base64'),
			file_enc_sha256: HASH.toString('base64'),
			media_type: 'document',
		})
		for (const { status, body } of [got, downloaded])
			assert.deepEqual([status, body?.code], [400, 'media_fetch_refused'], directPath)
	}
	assert.equal(connects(), 0)
	assert.equal(trap.connections(), 0)
})

test('no URL of a message is fetched from, and its path only at the media host', async (t) => {
	const { owner, ada, adaSends, gateway, ask } = await openFileWorld(t)
	owner.incoming.listens = false
	const trap = await openServer(t, (_request, response) => response.end('secret'))
	const urls = [
		`http://127.0.0.1:${trap.port}/x`,
		`https://127.0.0.1:${trap.port}/x`,
		`https://mmg.whatsapp.net@127.0.0.1:${trap.port}/x`,
		`https://user:pass@127.0.0.1:${trap.port}/x`,
		`https://mmg.whatsapp.net:${trap.port}/x`,
		`https://localhost:${trap.port}/x`,
		`file:///etc/passwd`,
		`//127.0.0.1:${trap.port}/x`,
	]
	const data = randomBytes(100)
	for (const url of urls) {
		const message = await ada.media.attach('document', { data, mimetype: 'text/plain' })
		message.documentMessage!.url = url
		const id = await adaSends(message)
		assert.ok((await ask('GET', mediaPath(id))).bytes.equals(data), url)
		const { directPath: _, ...urlOnly } = message.documentMessage as proto.Message.IDocumentMessage
		const other = await adaSends({ documentMessage: urlOnly })
		const { status, body } = await gateway.request('GET', mediaPath(other))
		assert.deepEqual([status, body?.code], [400, 'media_fetch_refused'], url)
	}
	assert.equal(trap.connections(), 0)
})

test("with WhatsApp itself only WhatsApp's hosts are contacted, whatever a file's URL is", () => {
	const path = '/v/t62.7118-24/1?ccb=11-4&oh=x%3D'
	const real = ['media-ber1-1.cdn.whatsapp.net', 'mmg.whatsapp.net']
	const hostFor = (url: string | undefined, hosts = real) =>
		fileUrl({ kind: 'image', url, directPath: path }, hosts).href
	const own = `https://mmg.whatsapp.net${path}`
	assert.equal(hostFor(undefined), own)
	assert.equal(hostFor(undefined, []), own)
	for (const host of ['media.fra3-1.cdn.whatsapp.net', 'scontent.xx.fbcdn.net'])
		assert.equal(hostFor(`https://${host}/other`), `https://${host}${path}`)
	for (const url of [
		'https://evil.example/x',
		'https://evilwhatsapp.net/x',
		'https://whatsapp.net.evil.example/x',
		'https://whatsapp.net/x',
		'https://mmg.whatsapp.net:8443/x',
		'https://mmg.whatsapp.net.:443/x',
		'http://mmg.whatsapp.net/x',
		'https://mmg.whatsapp.net@evil.example/x',
		'https://evil.example#.whatsapp.net/x',
		'https://evil.example\\.whatsapp.net/x',
		'not a url',
	])
		assert.equal(hostFor(url), own, url)
	assert.equal(hostFor('https://mmg.whatsapp.net/x', ['127.0.0.1:9']), `https://127.0.0.1:9${path}`)
})

test('a file that does not match its hashes is not served at all', async (t) => {
	const { owner, ada, adaSends, gateway, leftovers } = await openFileWorld(t)
	owner.incoming.listens = false
	const changes: Record<string, (file: proto.Message.IDocumentMessage) => void> = {
		'another hash of the file': (file) => (file.fileSha256 = randomBytes(32)),
		'another hash of the ciphertext': (file) => (file.fileEncSha256 = randomBytes(32)),
		'another key': (file) => (file.mediaKey = randomBytes(32)),
		'half a key': (file) => (file.mediaKey = randomBytes(16)),
		'no key and no hash': (file) => {
			delete file.mediaKey
			delete file.fileSha256
		},
	}
	for (const [what, change] of Object.entries(changes)) {
		const data = randomBytes(200_000)
		const message = await ada.media.attach('document', { data, mimetype: 'text/plain' })
		change(message.documentMessage!)
		const id = await adaSends(message)
		for (const path of [mediaPath(id), `${mediaPath(id)}?format=json`]) {
			const { status, body } = await gateway.request('GET', path)
			assert.deepEqual([status, body?.code], [502, 'media_corrupt'], what)
		}
	}
	assert.deepEqual(await leftovers(), [])
})

test('file name and type given by a sender cannot break the response', async (t) => {
	const { ada, adaSends, ask } = await openFileWorld(t)
	for (const [fileName, mimetype, expected] of [
		['../../etc/passwd', 'text/html\r\nx-evil: 1', 'passwd'],
		['a"; filename="b.exe', 'text/html; charset="x"y', 'a"; filename="b.exe'],
		['x\r\nSet-Cookie: y', 'no type', 'xSet-Cookie: y'],
		['\u202egpj.exe', '', 'gpj.exe'],
		['über 🙂.pdf', 'application/pdf', 'über 🙂.pdf'],
	] as const) {
		const message = await ada.media.attach('document', { data: randomBytes(9), mimetype })
		message.documentMessage!.fileName = fileName
		const { status, headers } = await ask('GET', mediaPath(await adaSends(message)))
		assert.equal(status, 200)
		const type = headers.get('content-type')
		assert.ok(['application/octet-stream', 'application/pdf'].includes(type!), type!)
		const [, encoded] = /filename\*=UTF-8''(\S+)$/.exec(headers.get('content-disposition')!)!
		assert.equal(decodeURIComponent(encoded!), expected)
		assert.match(
			headers.get('content-disposition')!,
			/^attachment; filename="[ !#-~]*"; filename\*/,
		)
		assert.equal(headers.get('set-cookie'), null)
	}
})

/** A media host that answers as it is told, and a mediaDownloader that trusts it. */
async function openHost(t: TestContext, answer: Parameters<typeof createServer>[1]) {
	const authority = newAuthority()
	const { certificate, key } = issueFor(['127.0.0.1'], authority)
	const server: Server = createServer({ cert: certificate, key }, answer)
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const directory = await mkdtemp(join(tmpdir(), 'media-'))
	const tempDir = join(directory, 'tmp')
	const mediaDownloader = createMediaDownloader({
		tempDir,
		directory: join(directory, 'kept'),
		keepDays: 1,
		aheadBytes: 0,
		maxBytes: 1024 * 1024,
		ca: authority.certificate,
		log: createLog('silent'),
		times: { headersMs: 300, idleMs: 300 },
	})
	t.after(async () => {
		await mediaDownloader.close()
		server.closeAllConnections()
		server.close()
		await rm(directory, { recursive: true })
	})
	const { port } = server.address() as AddressInfo
	return {
		left: () => readdir(tempDir),
		open: (file: EncryptedFile) =>
			mediaDownloader.open('main', file, { hosts: async () => [`127.0.0.1:${port}`] }),
	}
}

function seal(plain: Buffer) {
	const mediaKey = randomBytes(32)
	const keys = Buffer.from(hkdfSync('sha256', mediaKey, '', 'WhatsApp Document Keys', 112))
	const iv = keys.subarray(0, 16)
	const cipher = createCipheriv('aes-256-cbc', keys.subarray(16, 48), iv)
	const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
	const mac = createHmac('sha256', keys.subarray(48, 80)).update(iv).update(sealed).digest()
	return { mediaKey, bytes: Buffer.concat([sealed, mac.subarray(0, 10)]) }
}

const codeOf = (work: Promise<unknown>) =>
	work.then(
		() => 'none',
		(error: { code?: string }) => error.code ?? String(error),
	)

test('a media host that redirects, fails, stops or stays silent leaves no file', async (t) => {
	const trap = await openServer(t, (_request, response) => response.end('secret'))
	const { mediaKey, bytes } = seal(randomBytes(100_000))
	const { open, left } = await openHost(t, ({ url }, response) => {
		if (url === '/redirect') response.writeHead(302, { location: trap.url }).end()
		else if (url === '/error') response.writeHead(500).end('no')
		else if (url === '/forbidden') response.writeHead(403).end('no')
		else if (url === '/short') response.end(bytes.subarray(0, 50_000))
		else if (url === '/empty') response.end()
		else if (url === '/long') response.end(Buffer.alloc(1_100_000))
		else if (url === '/cut') {
			response.writeHead(200, { 'content-length': bytes.length })
			response.write(bytes.subarray(0, 50_000), () => response.destroy())
		} else if (url === '/stalled') response.write(bytes.subarray(0, 50_000))
		else if (url === '/whole') response.end(bytes)
	})
	const file = (directPath: string): EncryptedFile => ({ kind: 'document', directPath, mediaKey })
	for (const [path, code] of [
		['/redirect', 'media_host_failed'],
		['/error', 'media_host_failed'],
		['/forbidden', 'media_gone'],
		['/short', 'media_corrupt'],
		['/empty', 'media_corrupt'],
		['/long', 'media_too_large'],
		['/cut', 'media_host_failed'],
		['/stalled', 'media_host_failed'],
		['/silent', 'media_host_failed'],
	] as const)
		assert.equal(await codeOf(open(file(path))), code, path)
	assert.equal(trap.connections(), 0)
	assert.deepEqual(await left(), [])
	const whole = await open(file('/whole'))
	assert.equal(whole.size, 100_000)
	await whole.dispose()
})

test('a byte that was changed anywhere in a file is found', async (t) => {
	const plain = randomBytes(40)
	const { mediaKey, bytes } = seal(plain)
	let sent = bytes
	const { open } = await openHost(t, (_request, response) => void response.end(sent))
	const file: EncryptedFile = { kind: 'document', directPath: '/x', mediaKey }
	for (let at = 0; at < bytes.length; at++) {
		sent = Buffer.from(bytes)
		sent[at]! ^= 0x80
		assert.equal(await codeOf(open(file)), 'media_corrupt', `byte ${at}`)
	}
	sent = bytes
	const { sha256, dispose } = await open(file)
	assert.equal(sha256, createHash('sha256').update(plain).digest('hex'))
	await dispose()
})

test('an unencrypted file of a channel is checked by its hash', async (t) => {
	const plain = randomBytes(5_000)
	const { open, left } = await openHost(t, (_request, response) => void response.end(plain))
	const file = (fileSha256?: Buffer): EncryptedFile => ({
		kind: 'image',
		directPath: '/m1/x',
		fileSha256,
	})
	const sha256 = createHash('sha256').update(plain).digest()
	const opened = await open(file(sha256))
	assert.deepEqual([opened.size, opened.sha256], [plain.length, sha256.toString('hex')])
	await opened.dispose()
	assert.equal(await codeOf(open(file(randomBytes(32)))), 'media_corrupt')
	assert.equal(await codeOf(open(file())), 'media_corrupt')
	assert.deepEqual(await left(), [])
})
