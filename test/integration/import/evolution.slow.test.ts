import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { openGateway, openSandbox, temporaryDirectory } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'
import { importing } from '../../support/import/command.ts'
import { assertNoRetry, conversationGoesOn } from '../../support/import/conversation.ts'
import { addHash, addInstance, makeTables, twice } from '../../support/import/evolution-stores.ts'
import { openRedis, withRedis } from '../../support/import/redis.ts'
import { openPostgres, withClient } from '../../support/postgres.ts'
import { linkedPair, writeKeyFiles, unusedLogin } from '../../support/import/stored-device.ts'

const PREFIX = 'evolution-cache:instance:'

/** A database with the tables of Evolution API, and a Redis. */
async function openStores(t: TestContext, schema?: string) {
	const [postgres, redis] = await Promise.all([
		openPostgres(t, { isDurable: false, user: 'evolution' }),
		openRedis(t),
	])
	const url = await postgres.database()
	await makeTables(url, schema)
	return { url, redis: redis.url(6), otherRedis: redis.url(1) }
}

test('instances go on in both directions without a retry, wherever Evolution API kept their logins', async (t) => {
	const stores = await openStores(t, 'evolution_api')
	const sandbox = await openSandbox(t)
	const hook = await openReceiver(t)
	const [inRedis, divided, inFiles] = [
		await linkedPair(sandbox, 1),
		await linkedPair(sandbox, 2),
		await linkedPair(sandbox, 3),
	]
	const files = await temporaryDirectory(t)
	const add = (instance: Parameters<typeof addInstance>[1]) =>
		addInstance(stores.url, instance, 'evolution_api')

	const redisOnly = await add({
		name: 'shop',
		instance: { token: 'TOKEN-OF-THE-SHOP-1' },
		webhook: {
			url: hook.url,
			events: JSON.stringify(['MESSAGES_UPSERT']),
			webhookByEvents: true,
			headers: JSON.stringify({ 'x-shop': 'yes' }),
		},
		setting: { rejectCall: true, msgCall: 'Please write.', groupsIgnore: true, readMessages: true },
	})
	await addHash(stores.redis, PREFIX + redisOnly, inRedis.stored)
	const both = await add({ name: 'Loja São Paulo', creds: twice(divided.stored.creds) })
	await addHash(stores.redis, PREFIX + both, { keys: divided.stored.keys })
	const onDisk = await add({ name: 'files', creds: twice(inFiles.stored.creds) })
	await writeKeyFiles(join(files, 'instances', onDisk), inFiles.stored.keys)

	const dataDir = await temporaryDirectory(t)
	const since = sandbox.whatsapp.log.last
	const { code, said, complaint } = await importing(
		dataDir,
		...['evolution', '--database', stores.url, '--redis', stores.redis, '--files', files],
	)
	assert.equal(code, 0, complaint)
	assert.match(said, /database database_1, schema evolution_api: 3 sessions/)
	assert.match(said, /shop\n +account +491700000011:\d+@s\.whatsapp\.net, linked/)
	assert.match(said, new RegExp(`credentials in Redis ${PREFIX}${redisOnly}, \\d+ keys in Redis`))
	assert.match(said, /credentials in the table "Session", \d+ keys in Redis/)
	assert.match(said, /credentials in the table "Session", \d+ keys in \/\S+instances\//)
	assert.doesNotMatch(said, /TOKEN-OF-THE-SHOP|x-shop/)
	const id = /Loja São Paulo is session (\S+) now/.exec(said)![1]!

	const gateway = await openGateway(t, { dataDir, sandbox })
	gateway.start()
	const moved = [
		['shop', inRedis],
		[id, divided],
		['files', inFiles],
	] as const
	for (const [session, { owner, peer }] of moved) {
		await gateway.becomes(session, 'open')
		await conversationGoesOn(gateway, session, owner, peer)
		assert.equal(owner.account.devices.length, 2)
	}
	assertNoRetry(sandbox, since)

	const { body: named } = await gateway.request('GET', `/api/v1/sessions/${id}`)
	assert.equal(named.name, 'Loja São Paulo')
	const { body: settings } = await gateway.request('GET', '/api/v1/sessions/shop/settings')
	assert.deepEqual(settings.calls, { reject: true, groups: true, message: 'Please write.' })
	assert.equal(settings.ignore.groups, true)
	assert.equal(settings.read_messages, 'all')
	const token = { apikey: 'TOKEN-OF-THE-SHOP-1', 'content-type': 'application/json' }
	const send = (instance: string) =>
		gateway.request(
			'POST',
			`/message/sendText/${instance}`,
			{ number: inRedis.peer.account.phone, text: 'by the token' },
			token,
		)
	assert.equal((await send('shop')).status, 201)
	await inRedis.peer.receives('by the token')
	assert.equal((await send('files')).status, 404)
	const post = await hook.gets(({ event }) => event.data?.message?.conversation === 'shop asks 1')
	assert.equal(post.path, '/hook/messages-upsert')
	assert.equal(post.headers['x-shop'], 'yes')
})

test('what cannot be taken over is listed with the reason, and the rest is taken', async (t) => {
	const stores = await openStores(t)
	const sandbox = await openSandbox(t)
	const { stored } = await linkedPair(sandbox, 1)
	const { me: _, account: __, ...unlinked } = JSON.parse(stored.creds) as Record<string, unknown>
	const add = (instance: Parameters<typeof addInstance>[1]) => addInstance(stores.url, instance)
	await add({
		name: 'cloud',
		instance: { integration: 'WHATSAPP-BUSINESS', token: 'T'.repeat(20) },
	})
	await add({ name: 'new' })
	await add({ name: 'qr', creds: twice(JSON.stringify(unlinked)) })
	await add({ name: 'elsewhere', instance: { ownerJid: '491700000099@s.whatsapp.net' } })
	await add({ name: 'torn', creds: twice(stored.creds).slice(0, 300) })
	await add({
		name: 'bare',
		instance: { token: 'short' },
		creds: twice(unusedLogin(stored, 1).creds),
		proxy: {
			enabled: true,
			host: 'proxy.example',
			port: '1080',
			protocol: 'socks4',
			username: '',
			password: '',
		},
		webhook: { url: 'vazio', enabled: false, events: '[]' },
		typebot: { url: 'http://typebot' },
	})
	await add({
		name: 'once',
		creds: unusedLogin(stored, 2).creds,
		proxy: {
			enabled: true,
			host: 'proxy.example',
			port: '3128',
			protocol: 'http',
			username: 'me',
			password: 'p@ss',
		},
		webhook: { url: 'https://example.com/', events: '["CALL","NO_SUCH_EVENT"]' },
	})
	await add({
		name: 'refused',
		creds: unusedLogin(stored, 3).creds,
		webhook: { url: 'http://169.254.169.254/' },
	})

	const dataDir = await temporaryDirectory(t)
	const { code, said, complaint } = await importing(
		dataDir,
		...['evolution', '--database', stores.url, '--redis', stores.redis],
	)
	assert.equal(code, 1, complaint)
	const partOf = (name: string) => new RegExp(`\\n${name}\\n([^]*?)\\n\\n`).exec(said)![1]!
	assert.match(partOf('cloud'), /not taken .*WHATSAPP-BUSINESS/)
	assert.match(partOf('new'), /not taken .*never linked/)
	assert.match(partOf('qr'), /not taken .*never linked/)
	assert.match(partOf('elsewhere'), /not taken .*PROVIDER_ENABLED=true.*import DIR SESSION/)
	assert.match(partOf('torn'), /not taken .*damaged/)
	assert.match(partOf('bare'), /no keys/)
	assert.match(partOf('bare'), /mind .*found neither in Redis/)
	assert.match(partOf('bare'), /stays behind .*token, which does not have 16/)
	assert.match(partOf('bare'), /its proxy socks4:\/\/proxy\.example/)
	assert.match(partOf('bare'), /its webhook vazio/)
	assert.match(partOf('bare'), /set in Typebot/)
	assert.match(partOf('once'), /its proxy http:\/\/me:\*\*\*@proxy\.example:3128/)
	assert.match(partOf('once'), /the events NO_SUCH_EVENT of its webhook/)
	assert.match(
		said,
		/refused was not taken over: 169\.254\.169\.254 .*WEBHOOK_ALLOW.*--without-webhooks/,
	)
	const without = await importing(
		dataDir,
		...['evolution', '--database', stores.url, '--only', 'refused', '--without-webhooks'],
	)
	assert.match(without.said, /refused is session refused now/)

	const gateway = await openGateway(t, { dataDir })
	const { body } = await gateway.request('GET', '/api/v1/sessions')
	assert.deepEqual(body.sessions.map(({ id }: { id: string }) => id).sort(), [
		'bare',
		'once',
		'refused',
	])
	assert.equal(gateway.sessions.get('once').proxy(), 'http://me:p%40ss@proxy.example:3128/')
	gateway.start()
	// Without its proxy it must not reach WhatsApp.
	assert.equal(await gateway.statusOf('bare'), 'created')
})

test('a dry run changes nothing, --only chooses, and a repetition doubles nothing', async (t) => {
	const stores = await openStores(t)
	const { stored } = await linkedPair(await openSandbox(t), 1)
	for (const [index, name] of ['one', 'two', 'three'].entries())
		await addInstance(stores.url, {
			name,
			instance: { token: `token-of-the-instance-${name}` },
			creds: twice(unusedLogin(stored, index).creds),
			webhook: { url: `https://example.com/${name}` },
		})
	const dataDir = join(await temporaryDirectory(t), 'data')
	const run = (...flags: string[]) =>
		importing(dataDir, 'evolution', '--database', stores.url, ...flags)

	const dry = await run('--dry-run')
	assert.match(dry.said, /3 sessions[^]*Nothing was changed\.\n$/)
	await assert.rejects(readdir(dataDir), /ENOENT/)

	const some = await run('--only', 'one', '--only', 'two')
	assert.match(some.said, /one is session one now\.\ntwo is session two now\./)
	const again = await run()
	assert.equal(again.code, 0)
	assert.match(again.said, /one is not taken: session one exists already/)
	assert.match(again.said, /three is session three now/)
	const unknown = await run('--only', 'four')
	assert.match(unknown.complaint, /no session "four"\. There are: "one", "three", "two"/)
	assert.equal(unknown.code, 1)

	const gateway = await openGateway(t, { dataDir })
	const { body: keys } = await gateway.request('GET', '/api/v1/keys')
	assert.deepEqual(
		keys.keys.map((key: { name: string; sessions: string[] }) => [key.name, key.sessions]).sort(),
		['one', 'three', 'two'].map((name) => [`Evolution API: ${name}`, [name]]),
	)
	for (const name of ['one', 'two', 'three']) {
		const { body } = await gateway.request('GET', `/api/v1/sessions/${name}/webhooks`)
		assert.deepEqual(
			body.webhooks.map(({ url }: { url: string }) => url),
			[`https://example.com/${name}`],
		)
	}
})

test('it does not start while Evolution API seems to run, unless it is forced to', async (t) => {
	const stores = await openStores(t)
	const { stored } = await linkedPair(await openSandbox(t), 1)
	const id = await addInstance(stores.url, { name: 'shop', creds: twice(stored.creds) })
	await addHash(stores.redis, PREFIX + id, { keys: stored.keys })
	const dataDir = await temporaryDirectory(t)
	const args = ['evolution', '--database', stores.url, '--redis', stores.redis]
	const refuses = async (why: RegExp) => {
		const { code, complaint } = await importing(dataDir, ...args)
		assert.equal(code, 1)
		assert.match(complaint, why)
		assert.match(complaint, /Evolution API seems to run\. Stop it first [^]*--force/)
	}
	await withClient(stores.url, () =>
		refuses(/^The database is used by evolution from 127\.0\.0\.1\./),
	)
	await withRedis(stores.redis, () => refuses(/^Redis is used by a client from 127\.0\.0\.1:\d+\./))
	await withClient(stores.url, (client) =>
		client.query(`UPDATE "Instance" SET "updatedAt" = now() AT TIME ZONE 'UTC'`),
	)
	await refuses(/^The instance shop was open less than a minute ago\./)
	await withClient(stores.url, (client) =>
		client.query(`UPDATE "Instance" SET "connectionStatus" = 'close'`),
	)
	await withRedis(stores.otherRedis, async () => {
		const dry = await importing(dataDir, ...args, '--dry-run')
		assert.match(dry.said, /Nothing was changed/)
	})
	await withClient(stores.url, async () => {
		const forced = await importing(dataDir, ...args, '--force')
		assert.match(forced.said, /shop is session shop now/)
	})
})

test('keys that two prefixes of Redis have are not mixed up', async (t) => {
	const stores = await openStores(t)
	const { stored } = await linkedPair(await openSandbox(t), 1)
	const id = await addInstance(stores.url, { name: 'shop' })
	await addHash(stores.redis, `evolution:instance:${id}`, stored)
	await addHash(stores.redis, `old:instance:${id}`, unusedLogin(stored, 1))
	const dataDir = await temporaryDirectory(t)
	const run = (...flags: string[]) =>
		importing(dataDir, 'evolution', '--database', stores.url, '--redis', stores.redis, ...flags)
	assert.match((await run()).complaint, /under several prefixes .*--redis-prefix/)
	const { said } = await run('--redis-prefix', 'evolution')
	assert.match(said, /credentials in Redis evolution:instance:/)
})

const mistakes: [args: string[], complaint: RegExp][] = [
	[['evolution'], /^It is import evolution --database URL .*import \.\/evolution/],
	[['evolution', 'more', '--database', 'x'], /^It is import evolution/],
	[['evolution', '--database', 'x', '--sessions', 'y'], /^It is import evolution/],
	[['evolution', '--database'], /--database/],
	[['evolution', '--database', 'mysql://x/y'], /Only PostgreSQL is read, not MySQL/],
	[['evolution', '--database', 'nothing'], /must be a URL like postgresql:/],
	[
		['evolution', '--database', 'postgresql://127.0.0.1:1/x'],
		/^The database cannot be used: .*ECONNREFUSED/,
	],
	[['folder', '--database', 'x'], /^import DIR takes no --database/],
]

test('what is asked for wrongly is refused in one line', async (t) => {
	const dataDir = join(await temporaryDirectory(t), 'data')
	for (const [args, expected] of mistakes) {
		const { code, complaint } = await importing(dataDir, ...args)
		assert.match(complaint, expected, args.join(' '))
		assert.equal(complaint.trimEnd().split('\n').length, 1, complaint)
		assert.notEqual(code, 0)
	}
	await assert.rejects(readdir(dataDir), /ENOENT/)
})
