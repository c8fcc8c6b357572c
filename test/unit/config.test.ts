import assert from 'node:assert/strict'
import { test } from 'node:test'
import { helpText } from '../../gateway/src/cli/help.ts'
import { ConfigError, readConfig } from '../../gateway/src/config/read-config.ts'
import { settings } from '../../gateway/src/config/settings.ts'

const refusal = (env: NodeJS.ProcessEnv, argv?: string[]) => {
	try {
		readConfig(env, argv)
	} catch (error) {
		assert.ok(error instanceof ConfigError)
		return error.message
	}
	assert.fail('the settings were accepted')
}

test('without any setting the gateway serves this machine only, on port 3000', () => {
	const { HOST, PORT, SANDBOX, ADMIN_KEY } = readConfig({})
	assert.deepEqual([HOST, PORT, SANDBOX, ADMIN_KEY], ['127.0.0.1', 3000, false, undefined])
})

test('on a host that others can reach an own admin key has 24 characters, and a made one will do', () => {
	for (const HOST of ['0.0.0.0', '::', '192.168.1.5', 'example.com']) {
		assert.equal(readConfig({ HOST }).ADMIN_KEY, undefined)
		assert.match(refusal({ HOST, ADMIN_KEY: 'x'.repeat(23) }), /set ADMIN_KEY to 24/)
		assert.equal(readConfig({ HOST, ADMIN_KEY: 'x'.repeat(24) }).HOST, HOST)
	}
})

test('loopback hosts need no key', () => {
	for (const HOST of ['127.0.0.1', '127.8.8.8', '::1', 'localhost']) {
		assert.equal(readConfig({ HOST }).HOST, HOST)
	}
})

const unusable: [env: Record<string, string>, said: string][] = [
	[{ PORT: 'abc' }, 'PORT=abc cannot be used: it must be a number.'],
	[{ PORT: '1.5' }, 'PORT=1.5 cannot be used: it must be a whole number.'],
	[{ PORT: '70000' }, 'PORT=70000 cannot be used: it may be at most 65535.'],
	[{ PORT: '-1' }, 'PORT=-1 cannot be used: it must be at least 0.'],
	[{ SEND_TIMEOUT: '0' }, 'SEND_TIMEOUT=0 cannot be used: it must be more than 0.'],
	[
		{ LOG_LEVEL: 'loud' },
		'LOG_LEVEL=loud cannot be used: it must be one of fatal, error, warn, info, debug, trace, silent.',
	],
	[{ SANDBOX: 'perhaps' }, 'SANDBOX=perhaps cannot be used: it must be 1, 0 or a URL.'],
	[
		{ PUBLIC_URL: 'here' },
		'PUBLIC_URL=here cannot be used: it must be a URL like https://wa.example.com.',
	],
	[
		{ WHATSAPP_NOISE_ROOT: 'abc' },
		'WHATSAPP_NOISE_ROOT=abc cannot be used: it must be 64 hex characters.',
	],
	[
		{ ADMIN_KEY: 'secret'.repeat(200) },
		'ADMIN_KEY cannot be used: it may have at most 1024 characters.',
	],
]
for (const [env, said] of unusable)
	test(`a setting that cannot be used is named: ${said}`, () => {
		assert.equal(refusal(env), `${said} --help explains it.`)
	})

test('each of several settings that cannot be used has a line', () => {
	assert.equal(refusal({ PORT: 'x', RATE_LIMIT: 'x' }).split('\n').length, 2)
})

test('an empty variable counts as not set', () => {
	assert.equal(readConfig({ PORT: '', ADMIN_KEY: '' }).PORT, 3000)
})

test('the sandbox is built in or elsewhere', () => {
	assert.equal(readConfig({}, ['--sandbox']).SANDBOX, true)
	assert.equal(readConfig({ SANDBOX: '1' }).SANDBOX, true)
	assert.equal(readConfig({ SANDBOX: '0' }).SANDBOX, false)
	assert.equal(readConfig({}, ['--sandbox=http://localhost:3001']).SANDBOX, 'http://localhost:3001')
})

test('a flag wins over the environment, and an unknown one is refused', () => {
	assert.equal(readConfig({ PORT: '1' }, ['--port', '2']).PORT, 2)
	assert.equal(readConfig({}, ['--data-dir=/x']).DATA_DIR, '/x')
	assert.match(refusal({}, ['--prot', '2']), /--prot/)
})

test('lists of hosts are split at commas', () => {
	const { WEBHOOK_ALLOW } = readConfig({ WEBHOOK_ALLOW: 'n8n:5678, 10.0.0.0/8,' })
	assert.deepEqual(WEBHOOK_ALLOW, ['n8n:5678', '10.0.0.0/8'])
})

test('trusted proxies are addresses and networks', () => {
	const { TRUSTED_PROXIES } = readConfig({ TRUSTED_PROXIES: '10.0.0.1, fd00::/8,::1' })
	assert.deepEqual(TRUSTED_PROXIES, ['10.0.0.1', 'fd00::/8', '::1'])
	for (const entry of ['proxy', '10.0.0.1:80', '10.0.0.0/33', '10.1/8', 'fd00::/129', '*', '/8'])
		assert.match(refusal({ TRUSTED_PROXIES: `10.0.0.1,${entry}` }), /TRUSTED_PROXIES/, entry)
})

test('messages are kept for 8 days or more, and links to their files for no longer', () => {
	assert.equal(readConfig({}).MESSAGE_KEEP_DAYS, 8)
	const long = { MESSAGE_KEEP_DAYS: '30', MEDIA_KEEP_DAYS: '30' }
	assert.deepEqual(readConfig(long).MEDIA_KEEP_DAYS, 30)
	for (const days of ['7', '8.5', '3651', 'long'])
		assert.match(refusal({ MESSAGE_KEEP_DAYS: days }), /MESSAGE_KEEP_DAYS/)
	assert.match(refusal({ MEDIA_KEEP_DAYS: '9' }), /MEDIA_KEEP_DAYS must be 8 or less/)
})

test('--help explains every setting', () => {
	for (const [name, schema] of Object.entries(settings.shape)) {
		assert.ok(schema.description, `${name} has no sentence`)
		assert.match(helpText(), new RegExp(`^${name}  +\\S`, 'm'), 'a name stands apart from its text')
	}
	for (const line of helpText().split('\n')) assert.ok(line.length <= 80, line)
})

const refusedEntries: [entry: string, said: RegExp][] = [
	['http://127.0.0.1:5678', /it must name no URL: write 127\.0\.0\.1:5678 in place of/],
	['10.0.0.0/99', /it has 10\.0\.0\.0\/99, which is no host, host:port or network like/],
	['n8n:foo', /which is no host/],
	['n8n:70000', /which is no host/],
	['[10.0.0.1]:80', /which is no host/],
	['a b', /which is no host/],
]
for (const name of ['WEBHOOK_ALLOW', 'FETCH_ALLOW'] as const) {
	for (const [entry, said] of refusedEntries)
		test(`${name}=${entry} is refused, with what to write`, () => {
			assert.throws(() => readConfig({ [name]: `n8n,${entry}` }), said)
		})
	test(`${name} takes hosts, addresses and networks, with and without ports`, () => {
		const entries = ['n8n', 'n8n:5678', '10.0.0.1', '10.0.0.1:80', '::1', '[::1]:80', 'fd00::/8']
		assert.deepEqual(readConfig({ [name]: entries.join() })[name], entries)
	})
}
