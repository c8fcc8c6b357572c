import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LookupAddress } from 'node:dns'
import type { Resolve } from '../../../../gateway/src/lib/net/ssrf-agent.ts'
import { watchConnects } from '../../../support/media/connects.ts'
import { elsewhere, loopback, notHttp } from '../../../support/media/hostile-urls.ts'
import {
	openMediaPreparer,
	refuses,
	type TestMediaPreparer,
} from '../../../support/media/media-preparer.ts'
import { openServer } from '../../../support/media/server.ts'

const fetch = (mediaPreparer: TestMediaPreparer, url: string) =>
	mediaPreparer.prepare({ kind: 'url', url }, 'document', 'file')

/** Every name leads to the next of these. */
const leadsTo = (...answers: string[][]): Resolve => {
	return (_host, _options, done) => {
		const addresses = (answers.length > 1 ? answers.shift()! : answers[0]!).map(
			(address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }),
		)
		done(null, addresses)
	}
}

test('no spelling of a private address is connected to', async (t) => {
	const mediaPreparer = await openMediaPreparer(t, { allow: [] })
	const server = await openServer(t, (_request, response) => response.end('secret'))
	const connects = watchConnects(t)
	for (const url of [...loopback(server.port), ...elsewhere]) {
		await refuses(fetch(mediaPreparer, url), 'media_fetch_refused', /FETCH_ALLOW=/).catch(
			(error) => {
				error.message = `${url}: ${error.message}`
				throw error
			},
		)
	}
	assert.equal(connects(), 0)
	assert.equal(server.connections(), 0)
	assert.deepEqual(await mediaPreparer.left(), [])
})

test('only http and https without user names are fetched', async (t) => {
	const mediaPreparer = await openMediaPreparer(t, { allow: [] })
	const connects = watchConnects(t)
	for (const url of notHttp) {
		await refuses(fetch(mediaPreparer, url), 'media_fetch_refused', /URL|http:|user name/).catch(
			(error) => {
				error.message = `${url}: ${error.message}`
				throw error
			},
		)
	}
	assert.equal(connects(), 0)
})

test('a host name with a private address among its addresses is not connected to', async (t) => {
	const connects = watchConnects(t)
	for (const addresses of [
		['127.0.0.1'],
		['::1'],
		['10.0.0.1'],
		['::ffff:127.0.0.1'],
		['93.184.216.34', '127.0.0.1'],
		['2606:4700::1111', 'fd00::1'],
	]) {
		const mediaPreparer = await openMediaPreparer(t, { allow: [], resolve: leadsTo(addresses) })
		const refusal = /`file` points to rebind\.example.*FETCH_ALLOW=rebind\.example:80\./
		await refuses(fetch(mediaPreparer, 'http://rebind.example/'), 'media_fetch_refused', refusal)
	}
	assert.equal(connects(), 0)
})

test('a host name is resolved once per hop: the checked address is the one that is connected to', async (t) => {
	const server = await openServer(t, (_request, response) => response.end('from here'))
	const asked: string[] = []
	const first = leadsTo(['127.0.0.1'], ['10.0.0.1'])
	const resolve: Resolve = (host, options, done) => {
		asked.push(host)
		first(host, options, done)
	}
	const mediaPreparer = await openMediaPreparer(t, { allow: ['127.0.0.0/8'], resolve })
	const url = `http://rebind.example:${server.port}/`
	const made = await fetch(mediaPreparer, url)
	assert.equal(made.size, 'from here'.length)
	assert.deepEqual(asked, ['rebind.example'])
	await refuses(fetch(mediaPreparer, url), 'media_fetch_refused', /FETCH_ALLOW/)
	assert.equal(server.connections(), 1)
})

test('every redirect is checked: none leads to a private address or away from HTTP', async (t) => {
	const inner = await openServer(t, (_request, response) => response.end('secret'))
	const targets = [
		...loopback(inner.port).filter((url) => /^https?:\/\//.test(url)),
		'http://169.254.169.254/',
		'file:///etc/passwd',
		'ftp://93.184.216.34/',
		'http://user@93.184.216.34/',
		`//127.0.0.1:${inner.port}/`,
		`//localhost:${inner.port}/`,
	]
	let location = ''
	const outer = await openServer(t, (_request, response) => {
		response.setHeader('location', encodeURI(location).replaceAll('%25', '%'))
		response.statusCode = 302
		response.end()
	})
	const mediaPreparer = await openMediaPreparer(t, { allow: [`127.0.0.1:${outer.port}`] })
	const connects = watchConnects(t)
	for (location of targets) {
		await refuses(
			fetch(mediaPreparer, outer.url),
			'media_fetch_refused',
			/FETCH_ALLOW|redirects|URL/,
		)
	}
	assert.equal(inner.connections(), 0)
	assert.equal(connects(), targets.length)
})

test('FETCH_ALLOW names hosts, host:port and networks, and nothing beside them', async (t) => {
	const server = await openServer(t, (_request, response) => response.end('x'))
	const { port } = server
	const open = ['127.0.0.1', `127.0.0.1:${port}`, '127.0.0.0/8']
	for (const entry of open) {
		const mediaPreparer = await openMediaPreparer(t, { allow: [entry] })
		assert.equal((await fetch(mediaPreparer, server.url)).size, 1, entry)
	}
	const byName = await openMediaPreparer(t, {
		allow: ['localhost'],
		resolve: leadsTo(['127.0.0.1']),
	})
	assert.equal((await fetch(byName, `http://localhost:${port}/`)).size, 1)
	for (const entry of [`127.0.0.1:${port + 1}`, '127.0.0.2', '10.0.0.0/8', 'localhost', '::1']) {
		const mediaPreparer = await openMediaPreparer(t, { allow: [entry] })
		await refuses(fetch(mediaPreparer, server.url), 'media_fetch_refused', /FETCH_ALLOW/)
	}
	assert.equal(server.connections(), open.length + 1)
})
