import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADMIN_KEY, openGateway, type TestGateway } from '../../support/gateway/gateway.ts'

type Case = {
	name: string
	trusted: string[]
	peer: string
	forwarded?: string
	/** Where the request counts as coming from. */
	from: string
}

const cases: Case[] = [
	{ name: 'no proxy', trusted: [], peer: '192.0.2.1', from: '192.0.2.1' },
	{
		name: 'a header, and nobody is trusted',
		trusted: [],
		peer: '192.0.2.1',
		forwarded: '198.51.100.1',
		from: '192.0.2.1',
	},
	{
		name: 'one proxy',
		trusted: ['10.0.0.1'],
		peer: '10.0.0.1',
		forwarded: '198.51.100.1',
		from: '198.51.100.1',
	},
	{
		name: 'one proxy, and what the client claims',
		trusted: ['10.0.0.1'],
		peer: '10.0.0.1',
		forwarded: '203.0.113.9, 10.0.0.1, 198.51.100.1',
		from: '198.51.100.1',
	},
	{
		name: 'two proxies',
		trusted: ['10.0.0.0/24', '172.16.0.9'],
		peer: '10.0.0.7',
		forwarded: '203.0.113.9, 198.51.100.1, 172.16.0.9',
		from: '198.51.100.1',
	},
	{
		name: 'two proxies, of which one is trusted',
		trusted: ['10.0.0.0/24'],
		peer: '10.0.0.7',
		forwarded: '198.51.100.1, 172.16.0.9',
		from: '172.16.0.9',
	},
	{
		name: 'a forged header from an untrusted peer',
		trusted: ['10.0.0.0/24'],
		peer: '198.51.100.66',
		forwarded: '10.0.0.7',
		from: '198.51.100.66',
	},
	{
		name: 'a proxy that says nothing',
		trusted: ['10.0.0.0/24'],
		peer: '10.0.0.7',
		from: '10.0.0.7',
	},
	{
		name: 'an empty header',
		trusted: ['10.0.0.0/24'],
		peer: '10.0.0.7',
		forwarded: '',
		from: '10.0.0.7',
	},
	{
		name: 'a request that a proxy makes itself',
		trusted: ['10.0.0.0/24'],
		peer: '10.0.0.7',
		forwarded: '10.0.0.8, 10.0.0.9',
		from: '10.0.0.8',
	},
	{
		name: 'IPv6',
		trusted: ['fd00::/8'],
		peer: 'fd00::1',
		forwarded: '2001:db8::1',
		from: '2001:db8::1',
	},
	{
		name: 'IPv6, of which the trusted network is another',
		trusted: ['fd00::/64'],
		peer: 'fd00:0:0:1::1',
		forwarded: '2001:db8::1',
		from: 'fd00:0:0:1::1',
	},
	{
		name: 'IPv6 with brackets and a port',
		trusted: ['fd00::1'],
		peer: 'fd00::1',
		forwarded: '[2001:db8::1]:5678',
		from: '2001:db8::1',
	},
	{
		name: 'IPv4 with a port',
		trusted: ['10.0.0.1'],
		peer: '10.0.0.1',
		forwarded: '198.51.100.1:5678',
		from: '198.51.100.1',
	},
	{
		name: 'a proxy as IPv4 mapped to IPv6',
		trusted: ['10.0.0.0/8'],
		peer: '::ffff:10.0.0.1',
		forwarded: '198.51.100.1',
		from: '198.51.100.1',
	},
	{
		name: 'a trusted network as IPv4 mapped to IPv6',
		trusted: ['::ffff:10.0.0.0/104'],
		peer: '10.0.0.1',
		forwarded: '::ffff:198.51.100.1',
		from: '::ffff:198.51.100.1',
	},
	{
		name: 'a trusted address as IPv4 mapped to IPv6',
		trusted: ['::ffff:10.0.0.1'],
		peer: '10.0.0.1',
		forwarded: '198.51.100.1',
		from: '198.51.100.1',
	},
	...[
		'unknown',
		'_hidden',
		'198.51.100',
		'0x7f.1',
		'198.51.100.1/24',
		'1.2.3.4.5',
		'::1::1',
		'[',
		',',
		'<b>',
	].map((garbage) => ({
		name: `${garbage} in the header`,
		trusted: ['10.0.0.1'],
		peer: '10.0.0.1',
		forwarded: `198.51.100.1, ${garbage}`,
		from: '10.0.0.1',
	})),
	{
		name: 'garbage to the left of the client',
		trusted: ['10.0.0.1'],
		peer: '10.0.0.1',
		forwarded: `${'x'.repeat(5_000)}, 198.51.100.1`,
		from: '198.51.100.1',
	},
]

/** Sends a key over a connection from `peer`. */
async function statusOf({ app }: TestGateway, key: string, { peer, forwarded }: Case) {
	const headers = {
		'x-api-key': key,
		...(forwarded !== undefined && { 'x-forwarded-for': forwarded }),
	}
	const env = { incoming: { socket: { remoteAddress: peer } } }
	return (await app.request('/api/v1/sessions', { headers }, env)).status
}

for (const example of cases) {
	test(`the address of a client is found: ${example.name}`, async (t) => {
		const log: string[] = []
		const gateway = await openGateway(t, { trustedProxies: example.trusted, log })
		for (let wrong = 0; wrong < 10; wrong++)
			assert.equal(await statusOf(gateway, 'wrong', example), 401)
		assert.equal(await statusOf(gateway, 'wrong', example), 429)
		const addresses = log
			.filter((line) => line.includes('too many wrong API keys'))
			.map((line) => JSON.parse(line).address)
		assert.deepEqual(addresses, [example.from])
		assert.equal(await statusOf(gateway, ADMIN_KEY, example), 200)
	})
}

test('clients behind one proxy are counted each by itself', async (t) => {
	const gateway = await openGateway(t, { trustedProxies: ['10.0.0.1'] })
	const from = (forwarded: string) => ({ ...cases[0]!, peer: '10.0.0.1', forwarded })
	for (let wrong = 0; wrong < 11; wrong++) await statusOf(gateway, 'wrong', from('198.51.100.1'))
	assert.equal(await statusOf(gateway, 'wrong', from('198.51.100.1')), 429)
	assert.equal(await statusOf(gateway, 'wrong', from('198.51.100.2')), 401)
})

test('a client cannot start afresh with another address of its IPv6 network', async (t) => {
	const gateway = await openGateway(t)
	const from = (peer: string) => ({ ...cases[0]!, peer })
	for (let wrong = 0; wrong < 11; wrong++)
		await statusOf(gateway, 'wrong', from(`2001:db8::${wrong}`))
	assert.equal(await statusOf(gateway, 'wrong', from('2001:db8::ffff:1')), 429)
	assert.equal(await statusOf(gateway, 'wrong', from('2001:db8:0:1::1')), 401)
})

test('a client that writes its IPv4 address in IPv6 is the same client', async (t) => {
	const gateway = await openGateway(t)
	const from = (peer: string) => ({ ...cases[0]!, peer })
	for (let wrong = 0; wrong < 11; wrong++) await statusOf(gateway, 'wrong', from('192.0.2.1'))
	assert.equal(await statusOf(gateway, 'wrong', from('::ffff:192.0.2.1')), 429)
	assert.equal(await statusOf(gateway, 'wrong', from('::ffff:192.0.2.2')), 401)
})
