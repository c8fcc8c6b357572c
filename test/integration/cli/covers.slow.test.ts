import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { test, type TestContext } from 'node:test'
import { coverageOf } from '../../../gateway/src/cli/covers/coverage.ts'
import { dialects } from '../../../gateway/src/http/dialects/index.ts'
import { bareEnvironment } from '../../support/command.ts'
import { freePort } from '../../support/ports.ts'
import { atEnd } from '../../support/gateway/gateway.ts'

const MAIN = new URL('../../../gateway/src/main.ts', import.meta.url).pathname

/** Runs `whatsapp-gateway covers` to its end. */
async function covers(args: string[], env: Record<string, string> = {}) {
	const child = spawn(process.execPath, [MAIN, 'covers', ...args], {
		env: { ...bareEnvironment(), ...env },
	})
	const [said, complaint, [code]] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		once(child, 'exit'),
	])
	return { said, complaint, code: code as number }
}

/** A server that answers as the other system does, to who has the key. */
async function installation(t: TestContext, header: string, answers: Record<string, unknown>) {
	const server = createServer(({ url = '', headers }, response) => {
		const needsKey = url !== '/'
		const status = needsKey && headers[header] !== 'THE-KEY' ? 401 : url in answers ? 200 : 404
		response.writeHead(status, { 'content-type': 'application/json' })
		response.end(JSON.stringify(status === 200 ? answers[url] : { status }))
	}).listen(0, '127.0.0.1')
	await once(server, 'listening')
	atEnd(t, () => server.close())
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const evolutionAnswers = {
	'/': { status: 200, version: '2.3.7' },
	'/instance/fetchInstances': [
		{
			name: 'shop',
			connectionStatus: 'open',
			ownerJid: '4915112345678@s.whatsapp.net',
			integration: 'WHATSAPP-BAILEYS',
			Chatwoot: { enabled: true },
		},
		{ name: 'new', connectionStatus: 'close', ownerJid: null, integration: 'WHATSAPP-BAILEYS' },
		{ name: 'cloud', connectionStatus: 'open', ownerJid: null, integration: 'WHATSAPP-BUSINESS' },
	],
	'/webhook/find/shop': {
		url: 'https://n8n.example.com/webhook/secret',
		enabled: true,
		events: ['MESSAGES_UPSERT', 'TYPEBOT_START'],
	},
	'/typebot/find/shop': [{ id: 'bot' }],
}

test('an Evolution API is shown with what is covered of it', async (t) => {
	const url = await installation(t, 'apikey', evolutionAnswers)
	const { said, complaint, code } = await covers(['evolution', '--url', url], {
		OTHER_KEY: 'THE-KEY',
	})
	assert.equal(code, 0, complaint)
	for (const expected of [
		/is Evolution API 2\.3\.7, and takes the key/,
		/\d{2,} operations are served here as there\./,
		/shop \(open, \+4915112345678\)\n  Its login can be taken over without a new scan\./,
		/Webhook to n8n\.example\.com: all events but TYPEBOT_START\./,
		/Chatwoot: not covered/,
		/typebot: not covered/,
		/Refused with 501:[^]*Typebot \(\/typebot\)/,
		/new \(close\)\n  Its login cannot be taken over: it is not linked/,
		/cloud \(open\)\n  Its login cannot be taken over: its integration is WHATSAPP-BUSINESS/,
	])
		assert.match(said, expected)
	assert.doesNotMatch(said, /secret|THE-KEY/)
})

test('a WAHA is shown with its engine, which says whether logins can be taken over', async (t) => {
	const answers = {
		'/api/sessions?all=true': [
			{
				name: 'default',
				status: 'WORKING',
				me: { id: '4915112345678@c.us' },
				config: { webhooks: [{ url: 'https://example.com/hook', events: ['message', '*'] }] },
			},
		],
		'/api/apps?session=default': [{ app: 'chatwoot' }],
	}
	for (const [engine, expected] of [
		['NOWEB', /default \(WORKING, \+4915112345678\)\n  Its login can be taken over/],
		['WEBJS', /cannot be taken over: its engine is WEBJS; only logins of NOWEB/],
	] as const) {
		const version = { '/api/server/version': { version: '2026.7.1', engine, tier: 'PLUS' } }
		const url = await installation(t, 'x-api-key', { ...answers, ...version })
		const { said, complaint } = await covers(['waha', '--url', url, '--key', 'THE-KEY'])
		assert.match(said, expected, complaint)
		assert.match(said, /all of its events are sent/)
		assert.match(said, /app chatwoot: not covered/)
	}
})

test('a wrong key, a wrong address and a wrong command line are said in one line', async (t) => {
	const url = await installation(t, 'apikey', evolutionAnswers)
	const nobody = `http://127.0.0.1:${await freePort()}`
	const cases: [args: string[], expected: RegExp][] = [
		[['evolution', '--url', url, '--key', 'wrong'], /^The key is wrong: .* answered 401\.\n$/],
		[['waha', '--url', url, '--key', 'THE-KEY'], /^The key is wrong/],
		[['evolution', '--url', nobody, '--key', 'k'], /does not answer: ECONNREFUSED/],
		[['evolution', '--url', 'ftp://x', '--key', 'k'], /must be an http or https URL/],
		[['evolution', '--key', 'k'], /^--url must be/],
		[['other', '--url', url, '--key', 'k'], /^Name the system, evolution or waha/],
		[['evolution', '--url', url], /^Give the key/],
		[['evolution', '--url', url, '--colour', 'red'], /Unknown option '--colour'/],
	]
	for (const [args, expected] of cases) {
		const { complaint, said, code } = await covers(args)
		assert.match(complaint, expected, args.join(' '))
		assert.notEqual(code, 0)
		assert.equal(said, '')
	}
})

test('every dialect says what it serves and what it refuses', () => {
	for (const dialect of dialects) {
		const { served, refused } = coverageOf(dialect)
		assert.ok(served.length > 0, dialect.name)
		assert.equal(new Set([...served, ...refused]).size, served.length + refused.length)
	}
})
