import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LookupAddress } from 'node:dns'
import type { Resolve } from '../../gateway/src/net/guarded-agent.ts'
import { watchConnects } from './support/connects.ts'
import { openDesk, refuses, type TestDesk } from './support/desk.ts'
import { openServer } from './support/server.ts'

const fetch = (desk: TestDesk, url: string) =>
	desk.prepare({ kind: 'url', url }, 'document', 'file')

/** Every name leads to the next of these. */
const leadsTo = (...answers: string[][]): Resolve => {
	return (_host, _options, done) => {
		const addresses = (answers.length > 1 ? answers.shift()! : answers[0]!).map(
			(address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }),
		)
		done(null, addresses)
	}
}

const loopback = (port: number) => [
	`http://127.0.0.1:${port}/`,
	`http://127.1:${port}/`,
	`http://127.0.1:${port}/`,
	`http://127.255.255.254:${port}/`,
	`http://2130706433:${port}/`,
	`http://0x7f000001:${port}/`,
	`http://0x7F.0.0.1:${port}/`,
	`http://0x7f.1:${port}/`,
	`http://017700000001:${port}/`,
	`http://0177.0.0.1:${port}/`,
	`http://0177.0.0.01:${port}/`,
	`http://00000177.1:${port}/`,
	`http://127.0.0.1.:${port}/`,
	`http://%31%32%37.0.0.1:${port}/`,
	`http://127%2e0%2e0%2e1:${port}/`,
	`http://①②⑦.⓪.⓪.①:${port}/`,
	`http://１２７.０.０.１:${port}/`,
	`http://127。0。0。1:${port}/`,
	`http://localhost:${port}/`,
	`http://LOCALHOST:${port}/`,
	`http://ｌｏｃａｌｈｏｓｔ:${port}/`,
	`http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:${port}/`,
	`http:\\\\127.0.0.1:${port}\\`,
	`http:127.0.0.1:${port}/`,
	`http:///127.0.0.1:${port}/`,
	`  http://127.0.0.1:${port}/`,
	`ht\ntp://127.0.0.1:${port}/`,
	`http://0:${port}/`,
	`http://0.0.0.0:${port}/`,
	`http://[::1]:${port}/`,
	`http://[0:0:0:0:0:0:0:1]:${port}/`,
	`http://[::]:${port}/`,
	`http://[::ffff:127.0.0.1]:${port}/`,
	`http://[::ffff:7f00:1]:${port}/`,
	`http://[0:0:0:0:0:ffff:127.0.0.1]:${port}/`,
	`http://[::127.0.0.1]:${port}/`,
	`http://[::ffff:0:127.0.0.1]:${port}/`,
	`http://[64:ff9b::127.0.0.1]:${port}/`,
	`http://[64:ff9b:1::7f00:1]:${port}/`,
	`http://[2002:7f00:1::]:${port}/`,
	`https://127.0.0.1:${port}/`,
]

const elsewhere = [
	'http://10.0.0.1/',
	'http://10.255.255.255:8080/',
	'http://172.16.0.1/',
	'http://172.31.255.254/',
	'http://192.168.1.1/',
	'http://3232235777/',
	'http://0xc0a80101/',
	'http://0300.0250.1.1/',
	'http://169.254.169.254/latest/meta-data/',
	'http://2852039166/',
	'http://0xa9fea9fe/',
	'http://0251.0376.0251.0376/',
	'http://[::ffff:169.254.169.254]/',
	'http://[fd00:ec2::254]/',
	'http://[fe80::1]/',
	'http://[fc00::1]/',
	'http://[fd12:3456::1]/',
	'http://[fec0::1]/',
	'http://[ff02::1]/',
	'http://[100::1]/',
	'http://[2001:db8::1]/',
	'http://[2001::1]/',
	'http://[3fff::1]/',
	'http://100.64.0.1/',
	'http://100.100.100.200/',
	'http://192.0.0.192/',
	'http://192.0.2.1/',
	'http://198.18.0.1/',
	'http://198.51.100.1/',
	'http://203.0.113.1/',
	'http://224.0.0.1/',
	'http://240.0.0.1/',
	'http://255.255.255.255/',
]

const notHttp = [
	'file:///etc/passwd',
	'ftp://93.184.216.34/x',
	'gopher://93.184.216.34/',
	'javascript:alert(1)',
	'blob:http://93.184.216.34/x',
	'ws://93.184.216.34/',
	'//93.184.216.34/x',
	'/etc/passwd',
	'http://',
	'http://user@93.184.216.34/',
	'http://user:password@93.184.216.34/',
	'http://:password@93.184.216.34/',
	'http://93.184.216.34@127.0.0.1/',
	'http://127.0.0.1:80@93.184.216.34/',
	'http://[::1%25eth0]/',
	'http://256.256.256.256/',
]

test('no spelling of a private address is connected to', async (t) => {
	const desk = await openDesk(t, { allow: [] })
	const server = await openServer(t, (_request, response) => response.end('secret'))
	const connects = watchConnects(t)
	for (const url of [...loopback(server.port), ...elsewhere]) {
		await refuses(fetch(desk, url), 'media_fetch_refused', /FETCH_ALLOW=/).catch((error) => {
			error.message = `${url}: ${error.message}`
			throw error
		})
	}
	assert.equal(connects(), 0)
	assert.equal(server.connections(), 0)
	assert.deepEqual(await desk.left(), [])
})

test('only http and https without user names are fetched', async (t) => {
	const desk = await openDesk(t, { allow: [] })
	const connects = watchConnects(t)
	for (const url of notHttp) {
		await refuses(fetch(desk, url), 'media_fetch_refused', /URL|http:|user name/).catch((error) => {
			error.message = `${url}: ${error.message}`
			throw error
		})
	}
	assert.equal(connects(), 0)
})

test('a name that leads to a private address is not connected to, nor one that has one among others', async (t) => {
	const connects = watchConnects(t)
	for (const addresses of [
		['127.0.0.1'],
		['::1'],
		['10.0.0.1'],
		['::ffff:127.0.0.1'],
		['93.184.216.34', '127.0.0.1'],
		['2606:4700::1111', 'fd00::1'],
	]) {
		const desk = await openDesk(t, { allow: [], resolve: leadsTo(addresses) })
		const refusal = /`file` points to rebind\.example.*FETCH_ALLOW=rebind\.example:80\./
		await refuses(fetch(desk, 'http://rebind.example/'), 'media_fetch_refused', refusal)
	}
	assert.equal(connects(), 0)
})

test('a name is asked for once a hop: what was judged is what is connected to', async (t) => {
	const server = await openServer(t, (_request, response) => response.end('from here'))
	const asked: string[] = []
	const first = leadsTo(['127.0.0.1'], ['10.0.0.1'])
	const resolve: Resolve = (host, options, done) => {
		asked.push(host)
		first(host, options, done)
	}
	const desk = await openDesk(t, { allow: ['127.0.0.0/8'], resolve })
	const url = `http://rebind.example:${server.port}/`
	const made = await fetch(desk, url)
	assert.equal(made.size, 'from here'.length)
	assert.deepEqual(asked, ['rebind.example'])
	await refuses(fetch(desk, url), 'media_fetch_refused', /FETCH_ALLOW/)
	assert.equal(server.connections(), 1)
})

test('redirects are judged anew: none leads to a private address or away from HTTP', async (t) => {
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
	const desk = await openDesk(t, { allow: [`127.0.0.1:${outer.port}`] })
	const connects = watchConnects(t)
	for (location of targets) {
		await refuses(fetch(desk, outer.url), 'media_fetch_refused', /FETCH_ALLOW|redirects|URL/)
	}
	assert.equal(inner.connections(), 0)
	assert.equal(connects(), targets.length)
})

test('FETCH_ALLOW names hosts, host:port and networks, and nothing beside them', async (t) => {
	const server = await openServer(t, (_request, response) => response.end('x'))
	const { port } = server
	const open = ['127.0.0.1', `127.0.0.1:${port}`, '127.0.0.0/8']
	for (const entry of open) {
		const desk = await openDesk(t, { allow: [entry] })
		assert.equal((await fetch(desk, server.url)).size, 1, entry)
	}
	const byName = await openDesk(t, { allow: ['localhost'], resolve: leadsTo(['127.0.0.1']) })
	assert.equal((await fetch(byName, `http://localhost:${port}/`)).size, 1)
	for (const entry of [`127.0.0.1:${port + 1}`, '127.0.0.2', '10.0.0.0/8', 'localhost', '::1']) {
		const desk = await openDesk(t, { allow: [entry] })
		await refuses(fetch(desk, server.url), 'media_fetch_refused', /FETCH_ALLOW/)
	}
	assert.equal(server.connections(), open.length + 1)
})
