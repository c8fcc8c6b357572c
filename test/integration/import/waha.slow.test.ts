import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { readFile, readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import {
	atEnd,
	openGateway,
	openSandbox,
	temporaryDirectory,
} from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'
import { importing } from '../../support/import/command.ts'
import { assertNoRetry, conversationGoesOn } from '../../support/import/conversation.ts'
import { linkedPair, unusedLogin } from '../../support/import/stored-device.ts'
import { addWahaSession, makeOld, writeServerFile } from '../../support/import/waha-files.ts'

test('sessions of NOWEB go on in both directions without a retry, with their config and keys', async (t) => {
	const sandbox = await openSandbox(t)
	const hook = await openReceiver(t)
	const [first, second] = [await linkedPair(sandbox, 1), await linkedPair(sandbox, 2)]
	const base = await temporaryDirectory(t)
	const engine = join(base, 'noweb')
	const config = {
		metadata: { customer: '4711' },
		ignore: { groups: true },
		webhooks: [
			{
				url: hook.url,
				events: ['message', 'no.such.event'],
				hmac: { key: 'my-secret-key' },
				customHeaders: [{ name: 'X-Shop', value: 'yes' }],
			},
		],
	}
	await addWahaSession(engine, 'default', first.stored, config)
	// As versions before October 2024 named it; a name that is no id of ours.
	const odd = '_sales'
	const sum = createHash('md5').update(odd).digest('hex')
	await addWahaSession(engine, `${odd}-${sum}`, second.stored)
	writeServerFile(join(engine, 'waha.sqlite3'), [
		{
			id: 'key_id_1',
			key: 'key_of_the_default_session',
			isActive: true,
			session: 'default',
			data: {},
		},
		{
			id: 'key_id_2',
			key: 'key_that_is_switched_off',
			isActive: false,
			session: 'default',
			data: {},
		},
		{
			id: 'key_id_3',
			key: 'key_of_another_admin',
			isActive: true,
			session: null,
			data: { isAdmin: true },
		},
	])
	await makeOld(base)

	const dataDir = await temporaryDirectory(t)
	const since = sandbox.whatsapp.log.last
	const { code, said, complaint } = await importing(dataDir, 'waha', '--sessions', base)
	assert.equal(code, 0, complaint + said)
	assert.match(said, /default\n +account +491700000011:\d+@s\.whatsapp\.net, linked/)
	assert.match(said, /its webhook http:\S+, message\n/)
	assert.match(said, /the events no\.such\.event of its webhook/)
	assert.match(said, /its API keys: 2\n/)
	assert.doesNotMatch(said, /my-secret-key|key_of_/)
	const id = /_sales is session (\S+) now/.exec(said)![1]!
	assert.match(id, /^[A-Za-z0-9]/)

	const gateway = await openGateway(t, { dataDir, sandbox })
	gateway.start()
	for (const [session, { owner, peer }] of [
		['default', first],
		[id, second],
	] as const) {
		await gateway.becomes(session, 'open')
		await conversationGoesOn(gateway, session, owner, peer)
		assert.equal(owner.account.devices.length, 2)
	}
	assertNoRetry(sandbox, since)

	const send = (key: string, session: string) =>
		gateway.request(
			'POST',
			'/api/sendText',
			{ session, chatId: `${first.peer.account.phone}@c.us`, text: `by ${key}` },
			{ 'x-api-key': key, 'content-type': 'application/json' },
		)
	assert.equal((await send('key_of_the_default_session', 'default')).status, 201)
	await first.peer.receives('by key_of_the_default_session')
	assert.equal((await send('key_of_the_default_session', id)).status, 403)
	assert.equal((await send('key_that_is_switched_off', 'default')).status, 401)
	assert.equal((await send('key_of_another_admin', id)).status, 201)

	const { body } = await gateway.request('GET', '/api/sessions/default')
	assert.deepEqual(body.config.metadata, config.metadata)
	assert.deepEqual(body.config.webhooks[0].events, ['message'])
	assert.equal(gateway.sessions.get('default').settings().ignore.groups, true)
	const [webhook] = gateway.webhooks.list('default')
	assert.equal(webhook!.secret, 'my-secret-key')
	assert.deepEqual(webhook!.headers, { 'x-shop': 'yes' })
	const post = await hook.gets(({ event }) => event.payload?.body === 'default asks 1')
	assert.equal(post.headers['x-shop'], 'yes')
	const mac = createHmac('sha512', 'my-secret-key').update(post.raw).digest('hex')
	assert.equal(post.headers['x-webhook-hmac'], mac)
	assert.deepEqual(post.event.metadata, config.metadata)
})

test('what is not NOWEB, not linked or not valid is listed with the reason', async (t) => {
	const sandbox = await openSandbox(t)
	const { stored } = await linkedPair(sandbox, 1)
	const base = await temporaryDirectory(t)
	const [noweb, webjs] = [join(base, 'noweb'), join(base, 'webjs')]
	await addWahaSession(webjs, 'chrome', undefined)
	await addWahaSession(noweb, 'new', undefined, {})
	const { account: _, ...creds } = JSON.parse(stored.creds) as Record<string, unknown>
	await addWahaSession(noweb, 'unlinked', { ...stored, creds: JSON.stringify(creds) })
	await addWahaSession(noweb, 'torn', { ...stored, creds: stored.creds.slice(0, 99) })
	await addWahaSession(noweb, 'bare', { creds: stored.creds, keys: new Map() }, '{"torn')
	await addWahaSession(noweb, 'odd', unusedLogin(stored, 1), {
		metadata: { large: 'x'.repeat(5_000) },
		proxy: { server: 'socks4://proxy.example:1080' },
		webhooks: [{ url: 'ftp://example.com', events: ['message'] }],
		apps: [{ app: 'chatwoot' }],
	})
	await makeOld(base)
	const dataDir = await temporaryDirectory(t)
	const { code, said, complaint } = await importing(dataDir, 'waha', '--sessions', base)
	assert.equal(code, 0, complaint)
	const partOf = (name: string) => new RegExp(`\\n${name}\\n([^]*?)\\n\\n`).exec(said)![1]!
	assert.match(partOf('chrome'), /not taken .*WEBJS.*only NOWEB/)
	assert.match(partOf('new'), /not taken .*no .*creds\.json/)
	assert.match(partOf('unlinked'), /not taken .*never linked/)
	assert.match(partOf('torn'), /not taken .*damaged/)
	assert.match(partOf('bare'), /its config, as \.waha\.session\.config\.json is damaged/)
	assert.match(partOf('bare'), /mind .*no keys beside creds\.json/)
	for (const left of [/its proxy, as the URL/, /webhook ftp:/, /`metadata` of/, /`apps` of/])
		assert.match(partOf('odd'), left)

	const gateway = await openGateway(t, { dataDir })
	const { body } = await gateway.request('GET', '/api/v1/sessions')
	assert.deepEqual(body.sessions.map(({ id }: { id: string }) => id).sort(), ['bare', 'odd'])
	gateway.start()
	// Without its proxy it must not reach WhatsApp.
	assert.equal(await gateway.statusOf('odd'), 'created')
})

test('it does not start while WAHA seems to run, changes nothing of its files, and doubles nothing', async (t) => {
	const { stored } = await linkedPair(await openSandbox(t), 1)
	const engine = join(await temporaryDirectory(t), 'noweb')
	const server = join(engine, 'waha.sqlite3')
	const webhooks = [{ url: 'https://example.com/hook', events: ['*'] }]
	await addWahaSession(engine, 'default', stored, { webhooks })
	const key = { id: 'key_id_1', key: 'key_of_the_default_session', isActive: true, data: {} }
	writeServerFile(server, [{ ...key, session: 'default' }])
	const dataDir = join(await temporaryDirectory(t), 'data')
	// The directory of the engine does as well as the one above.
	const run = (...flags: string[]) => importing(dataDir, 'waha', '--sessions', engine, ...flags)

	await makeOld(engine)
	await utimes(join(engine, 'default', 'creds.json'), new Date(), new Date())
	const early = await run()
	assert.match(early.complaint, /creds\.json was changed \d+ seconds ago\.\nWAHA seems to run/)
	assert.equal(early.code, 1)

	await makeOld(engine)
	const before = await contentsOf(engine)
	const holder = spawn('tail', ['-f', server], { stdio: 'ignore' })
	const ended = once(holder, 'exit')
	atEnd(t, () => holder.kill())
	await once(holder, 'spawn')
	const held = await run()
	assert.match(held.complaint, new RegExp(`open in the process tail \\(${holder.pid}\\)`))
	const dry = await run('--dry-run')
	assert.match(dry.said, /open in the process tail[^]*Nothing was changed\.\n$/)
	await assert.rejects(readdir(dataDir), /ENOENT/)
	const forced = await run('--force')
	assert.match(forced.said, /default is session default now/)
	holder.kill()
	await ended

	const again = await run()
	assert.match(again.said, /default is not taken: session default exists already/)
	assert.deepEqual(await contentsOf(engine), before)
	const gateway = await openGateway(t, { dataDir })
	const { body } = await gateway.request('GET', '/api/v1/keys')
	assert.deepEqual(
		body.keys.map(({ name }: { name: string }) => name),
		['WAHA: key_id_1'],
	)
	// One for all events, and one for `message.any`, which comes beside `message`.
	assert.equal(gateway.webhooks.list('default').length, 2)
})

/** What is in every file, by its path. */
async function contentsOf(directory: string): Promise<Map<string, string>> {
	const entries = await readdir(directory, { recursive: true, withFileTypes: true })
	const files = entries.filter((entry) => entry.isFile())
	const contents = new Map<string, string>()
	for (const { parentPath, name } of files)
		contents.set(join(parentPath, name), await readFile(join(parentPath, name), 'base64'))
	return contents
}

test('a directory that is none of WAHA is refused', async (t) => {
	const { stored } = await linkedPair(await openSandbox(t), 1)
	const engine = join(await temporaryDirectory(t), 'noweb')
	await addWahaSession(engine, 'default', stored)
	const dataDir = await temporaryDirectory(t)
	const refuses = async (directory: string, why: RegExp) =>
		assert.match((await importing(dataDir, 'waha', '--sessions', directory)).complaint, why)
	await refuses(join(engine, 'nowhere'), /^There is no directory .*nowhere/)
	await refuses(join(engine, 'default'), /is the directory of one session/)
	await refuses(dataDir, /^There are no sessions/)
	assert.match((await importing(dataDir, 'waha')).complaint, /^It is import waha --sessions DIR/)
})

test('a dry run says of each session what the import then does', async (t) => {
	const sandbox = await openSandbox(t)
	const pairs = [await linkedPair(sandbox, 1), await linkedPair(sandbox, 2)]
	const [first, second] = pairs.map(({ stored }) => stored)
	const base = await temporaryDirectory(t)
	const engine = join(base, 'noweb')
	const hook = (url: string) => ({ webhooks: [{ url, events: ['message'] }] })
	await addWahaSession(engine, 'a-shop', first!, hook('http://127.0.0.2:9/hook'))
	await addWahaSession(engine, 'b-copy', first!)
	await addWahaSession(engine, 'default', second!)
	await addWahaSession(engine, 'v1', second!)
	await makeOld(base)
	const dataDir = await temporaryDirectory(t)
	const before = await openGateway(t, { dataDir })
	await before.request('POST', '/api/v1/sessions', { id: 'default' })
	await before.stop()
	const run = (...flags: string[]) => importing(dataDir, 'waha', '--sessions', base, ...flags)

	const dry = await run('--dry-run')
	const real = await run()
	for (const [{ said, code }, verb] of [
		[dry, 'cannot be'],
		[real, 'was not'],
	] as const) {
		assert.equal(code, 1, said)
		assert.match(said, new RegExp(`a-shop ${verb} taken over: .*WEBHOOK_ALLOW`))
		assert.match(said, /b-copy is not taken: It has the same login as a-shop\./)
		assert.match(said, /default is not taken: session default exists already/)
		assert.match(said, /v1 is not taken: Its name is a word of the API/)
	}
	assert.match((await run('--dry-run', '--only', 'b-copy')).said, /b-copy becomes session b-copy\./)
	const one = await run('--only', 'b-copy')
	assert.match(one.said, /b-copy is session b-copy now\./)
	assert.equal(one.code, 0, one.complaint)
})

test('a dry run beside a gateway that runs says what it could not look at', async (t) => {
	const sandbox = await openSandbox(t)
	const { stored } = await linkedPair(sandbox, 1)
	const base = await temporaryDirectory(t)
	await addWahaSession(join(base, 'noweb'), 'default', stored)
	await makeOld(base)
	const { dataDir } = await openGateway(t)
	const { said, code, complaint } = await importing(
		dataDir,
		...['waha', '--sessions', base, '--dry-run'],
	)
	assert.equal(code, 0, complaint)
	assert.match(said, /The gateway runs, so it was not checked/)
	assert.match(said, /Nothing was changed\.\n$/)
})

test('where there are no sessions, the import says what it looked for', async (t) => {
	const base = await temporaryDirectory(t)
	const dataDir = await temporaryDirectory(t)
	for (const flags of [[], ['--dry-run']]) {
		const { code, complaint } = await importing(dataDir, 'waha', '--sessions', base, ...flags)
		assert.equal(code, 1)
		assert.match(complaint, /There are no sessions\. Looked for directories with creds\.json/)
	}
})
