import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { text as textOf } from 'node:stream/consumers'
import { listen } from '../../support/delivery/listener.ts'
import { ADMIN_KEY, openGateway, temporaryDirectory } from '../../support/gateway/gateway.ts'

const MEBIBYTE = 1024 * 1024
const IMAGE = '/api/v1/sessions/main/messages/image'
const TEXT = '/api/v1/sessions/main/messages/text'

async function openServer(t: TestContext) {
	const gateway = await openGateway(t, { maxMediaBytes: MEBIBYTE })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	return { gateway, port: await listen(t, gateway) }
}

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'multipart/form-data; boundary=b'
const letters = Buffer.alloc(80 * MEBIBYTE, 'x')
const form = Buffer.concat([
	Buffer.from('--b\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n'),
	letters,
	Buffer.from('\r\n--b--\r\n'),
])
const json = Buffer.concat([Buffer.from('{"image":{"data":"'), letters, Buffer.from('"}}')])
const lists = Buffer.alloc(80 * MEBIBYTE, '[')

type Upload = {
	path: string
	type: string
	body: Buffer
	key?: string
	status: number
	chunked?: number
}

const uploads: Record<string, Upload> = {
	'a form': { path: IMAGE, type: FORM_TYPE, body: form, status: 413 },
	base64: { path: IMAGE, type: JSON_TYPE, body: json, status: 413 },
	'nested lists': { path: IMAGE, type: JSON_TYPE, body: lists, status: 413 },
	'a text': { path: TEXT, type: JSON_TYPE, body: json, status: 413 },
	'a wrong key': {
		path: IMAGE,
		type: FORM_TYPE,
		body: form,
		key: 'wrong',
		status: 413,
		chunked: 401,
	},
	'another type': { path: TEXT, type: 'text/plain', body: letters, status: 413, chunked: 415 },
}

type Send = (port: number, upload: Upload, isChunked: boolean) => Promise<number | undefined>

const headersOf = ({ type, key = ADMIN_KEY, body }: Upload, isChunked: boolean) => ({
	'x-api-key': key,
	'content-type': type,
	...(isChunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(body.length) }),
})

const clients: Record<string, Send> = {
	async fetch(port, upload, isChunked) {
		const answer = await fetch(`http://127.0.0.1:${port}${upload.path}`, {
			method: 'POST',
			headers: { 'x-api-key': upload.key ?? ADMIN_KEY, 'content-type': upload.type },
			body: isChunked
				? new Blob([new Uint8Array(upload.body)]).stream()
				: new Uint8Array(upload.body),
			duplex: 'half',
		} as RequestInit)
		await answer.text()
		return answer.status
	},

	/** As many clients do: reads the answer only when everything is sent. */
	async 'a client that sends everything first'(port, upload, isChunked) {
		const outgoing = request({
			port,
			path: upload.path,
			method: 'POST',
			headers: headersOf(upload, isChunked),
		})
		const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>
		await new Promise<void>((resolve, reject) => {
			outgoing.once('error', reject)
			outgoing.end(upload.body, () => resolve())
		})
		const [answer] = await answered
		await textOf(answer)
		return answer.statusCode
	},
}

/** Sends everything before it reads, over a connection that is to be closed. */
function closing(port: number, { path, type, body }: Upload): Promise<number | undefined> {
	const socket = connect(port, '127.0.0.1')
	const headers = `Host: a\r\nConnection: close\r\nX-API-Key: ${ADMIN_KEY}\r\nContent-Type: ${type}`
	socket.write(`POST ${path} HTTP/1.1\r\n${headers}\r\nContent-Length: ${body.length}\r\n\r\n`)
	return new Promise((resolve, reject) => {
		socket.once('error', reject)
		socket.write(body, () =>
			textOf(socket).then((text) => resolve(Number(text.split(' ')[1])), reject),
		)
	})
}

test('a connection that is not kept alive stays open until everything is sent', async (t) => {
	const { port } = await openServer(t)
	for (const [what, upload] of Object.entries(uploads)) {
		if (!upload.key) assert.equal(await closing(port, upload), upload.status, what)
	}
})

test('a client that sends on sees why its request was refused', async (t) => {
	const { gateway, port } = await openServer(t)
	for (const [client, send] of Object.entries(clients)) {
		for (const [what, upload] of Object.entries(uploads)) {
			for (const isChunked of [false, true]) {
				const status = await send(port, upload, isChunked)
				// A body whose length is not known is counted where it is read: after the key and the type.
				const expected = (isChunked && upload.chunked) || upload.status
				assert.equal(status, expected, `${client}, ${what}${isChunked ? ', chunked' : ''}`)
			}
		}
	}
	assert.deepEqual(await readdir(join(gateway.dataDir, 'tmp')), [])
})

test('curl sees why its request was refused', async (t) => {
	const { port } = await openServer(t)
	const file = join(await temporaryDirectory(t), 'body')
	await writeFile(file, json)
	const args = ['-sS', '-o', '/dev/null', '-w', '%{http_code}', '--data-binary', `@${file}`]
	const headers = ['-H', `X-API-Key: ${ADMIN_KEY}`, '-H', 'Content-Type: application/json']
	for (const chunked of [[], ['-H', 'Transfer-Encoding: chunked']]) {
		const url = `http://127.0.0.1:${port}${IMAGE}`
		const code = await new Promise((resolve) =>
			execFile('curl', [...args, ...headers, ...chunked, url], (error, out) =>
				resolve((error as NodeJS.ErrnoException)?.code === 'ENOENT' ? 'no curl' : out),
			),
		)
		if (code === 'no curl') return t.skip('curl is not installed')
		assert.equal(code, '413')
	}
})
