import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import {
	openMediaPreparer,
	refuses,
	type TestMediaPreparer,
} from '../../../support/media/media-preparer.ts'
import { openServer } from '../../../support/media/server.ts'
import { until } from '../../../support/wait.ts'

const fetch = (mediaPreparer: TestMediaPreparer, url: string) =>
	mediaPreparer.prepare({ kind: 'url', url }, 'document', 'file')

test('a file is fetched, with the name and kind that its server gives it', async (t) => {
	const named: Record<string, string> = {
		'/a': 'attachment; filename="report.csv"',
		'/b': "attachment; filename=x.csv; filename*=UTF-8''%C3%BCber.csv",
		'/c': 'attachment; filename="../../etc/passwd"',
	}
	const server = await openServer(t, ({ url }, response) => {
		const disposition = named[url!]
		if (disposition) response.setHeader('content-disposition', disposition)
		response.setHeader('content-type', 'text/csv; charset=utf-8').end('a;b\n1;2\n')
	})
	const mediaPreparer = await openMediaPreparer(t)
	const names = []
	for (const path of ['/a', '/b', '/c', '/d/my%20table.csv?x=1', '/']) {
		const made = await fetch(mediaPreparer, server.url + path)
		names.push(made.filename)
		assert.equal(made.mimetype, 'text/csv')
		assert.equal(await readFile(made.path, 'utf8'), 'a;b\n1;2\n')
		await made.dispose()
	}
	assert.deepEqual(names, ['report.csv', 'über.csv', 'passwd', 'my table.csv', undefined])
	assert.deepEqual(await mediaPreparer.left(), [])
})

test('up to three redirects are followed, and nothing is carried along', async (t) => {
	const server = await openServer(t, ({ url }, response) => {
		const hop = Number(url!.slice(1))
		if (hop === 0) return void response.end('here')
		response.writeHead(302, { location: `/${hop - 1}`, 'set-cookie': 'a=b' }).end()
	})
	const mediaPreparer = await openMediaPreparer(t)
	assert.equal((await fetch(mediaPreparer, `${server.url}/3`)).size, 4)
	for (const { headers } of server.requests) {
		const names = Object.keys(headers).sort()
		const expected = ['accept', 'accept-encoding', 'connection', 'host', 'user-agent']
		assert.deepEqual(names, expected)
	}
	await refuses(
		fetch(mediaPreparer, `${server.url}/4`),
		'media_fetch_failed',
		/redirects more than 3 times/,
	)
})

test('an answer that is not a file is reported to the caller', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	for (const status of [204, 206, 304, 401, 403, 404, 410, 429, 500, 503]) {
		const server = await openServer(t, (_request, response) => response.writeHead(status).end())
		const answered = new RegExp(`127\\.0\\.0\\.1:${server.port} answered ${status}`)
		await refuses(fetch(mediaPreparer, server.url), 'media_fetch_failed', answered)
	}
	await refuses(
		fetch(mediaPreparer, 'http://127.0.0.1:1/'),
		'media_fetch_failed',
		/does not accept/,
	)
	const empty = await openServer(t, (_request, response) => response.end())
	await refuses(fetch(mediaPreparer, empty.url), 'media_unreadable', /is empty/)
})

test('a file that is too large is cut off, whatever length it announces', async (t) => {
	let sent = 0
	const pour = (response: ServerResponse) => {
		const chunk = Buffer.alloc(64 * 1024)
		const more = () => {
			while (!response.destroyed) {
				sent += chunk.length
				if (!response.write(chunk)) return void response.once('drain', more)
			}
		}
		more()
	}
	const mediaPreparer = await openMediaPreparer(t, { maxBytes: 100_000 })
	const liars: ((response: ServerResponse) => void)[] = [
		(response) => response.writeHead(200, { 'content-length': 1e9 }).flushHeaders(),
		(response) => pour(response.writeHead(200)),
		(response) => pour(response.writeHead(200, { 'content-length': 1e12 })),
	]
	for (const liar of liars) {
		const server = await openServer(t, (_request, response) => liar(response))
		await refuses(fetch(mediaPreparer, server.url), 'media_too_large', /100000 bytes/)
	}
	assert.ok(sent < 50 * 1024 * 1024, `${sent}`)
	const short = await openServer(t, (_request, response) => {
		response.writeHead(200, { 'content-length': 1000 }).write('x')
		setImmediate(() => response.destroy())
	})
	await refuses(
		fetch(mediaPreparer, short.url),
		'media_fetch_failed',
		/closed the connection|middle/,
	)
	assert.deepEqual(await mediaPreparer.left(), [])
})

test('a compressed answer is opened, up to the same limit', async (t) => {
	const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024))
	const answers: Record<string, [string, Buffer]> = {
		'/small': ['gzip', gzipSync('hello')],
		'/bomb': ['gzip', bomb],
		'/twice': ['gzip, gzip', gzipSync(gzipSync('hello'))],
		'/broken': ['gzip', Buffer.from('not gzip at all')],
	}
	const server = await openServer(t, ({ url }, response) => {
		const [encoding, bytes] = answers[url!]!
		response.setHeader('content-encoding', encoding).end(bytes)
	})
	const mediaPreparer = await openMediaPreparer(t, { maxBytes: 1024 * 1024 })
	assert.equal(
		await readFile((await fetch(mediaPreparer, `${server.url}/small`)).path, 'utf8'),
		'hello',
	)
	const before = process.memoryUsage().rss
	await refuses(fetch(mediaPreparer, `${server.url}/bomb`), 'media_too_large', /1048576/)
	assert.ok(process.memoryUsage().rss - before < 64 * 1024 * 1024)
	await refuses(fetch(mediaPreparer, `${server.url}/twice`), 'media_fetch_failed', /encoding/)
	await refuses(fetch(mediaPreparer, `${server.url}/broken`), 'media_fetch_failed', /HTTP/)
})

test('a server that is slow does not hold the gateway', async (t) => {
	const times = { connectMs: 300, headersMs: 300, idleMs: 300, totalMs: 1500 }
	const mediaPreparer = await openMediaPreparer(t, { times })
	const silent = await openServer(t, () => {})
	await refuses(fetch(mediaPreparer, silent.url), 'media_fetch_failed', /did not answer in time/)
	const stopped = await openServer(t, (_request, response) => void response.write('x'))
	await refuses(fetch(mediaPreparer, stopped.url), 'media_fetch_failed', /stopped sending/)
	const dripping = await openServer(t, (_request, response) => {
		const timer = setInterval(() => response.write('x'), 50)
		response.on('close', () => clearInterval(timer))
	})
	await refuses(fetch(mediaPreparer, dripping.url), 'media_fetch_failed', /took too long/)
	assert.deepEqual(await mediaPreparer.left(), [])
})

test('closing the mediaPreparer ends a fetch that is under way', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	const silent = await openServer(t, () => {})
	const failed = assert.rejects(fetch(mediaPreparer, silent.url))
	await until('the server is asked', () => silent.requests.length === 1)
	await mediaPreparer.close()
	await failed
})

test('60 MB pass without being held in memory', async (t) => {
	const megabyte = Buffer.alloc(1024 * 1024, 'x')
	const server = await openServer(t, async (_request, response) => {
		for (let i = 0; i < 60; i++) {
			if (!response.write(megabyte)) await new Promise((go) => response.once('drain', go))
		}
		response.end()
	})
	const mediaPreparer = await openMediaPreparer(t)
	const pass = async () => {
		const made = await fetch(mediaPreparer, server.url)
		assert.equal(made.size, 60 * 1024 * 1024)
		await made.dispose()
	}
	// What Node takes for itself once is not ours.
	await pass()
	let highest = 0
	const before = process.memoryUsage().rss
	const timer = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), 5)
	t.after(() => clearInterval(timer))
	await pass()
	await pass()
	assert.ok(highest - before < 40 * 1024 * 1024, `${(highest - before) / 1024 / 1024} MB`)
	t.diagnostic(`${Math.round((highest - before) / 1024 / 1024)} MB more`)
})
