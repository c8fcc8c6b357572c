import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError, helpText, readConfig, settings } from '../../gateway/src/config.ts'

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

test('a host that others can reach needs an admin key of 24 characters', () => {
	for (const HOST of ['0.0.0.0', '::', '192.168.1.5', 'example.com']) {
		assert.match(refusal({ HOST }), /set ADMIN_KEY to 24/)
		assert.match(refusal({ HOST, ADMIN_KEY: 'x'.repeat(23) }), /set ADMIN_KEY to 24/)
		assert.equal(readConfig({ HOST, ADMIN_KEY: 'x'.repeat(24) }).HOST, HOST)
	}
})

test('loopback hosts need no key', () => {
	for (const HOST of ['127.0.0.1', '127.8.8.8', '::1', 'localhost']) {
		assert.equal(readConfig({ HOST }).HOST, HOST)
	}
})

test('a setting that cannot be used is named', () => {
	assert.match(refusal({ PORT: 'http' }), /PORT/)
	assert.match(refusal({ WHATSAPP_NOISE_ROOT: 'abc' }), /64 hex characters[^]*WHATSAPP_NOISE_ROOT/)
	assert.match(refusal({ WHATSAPP_WS_URL: 'http://x' }), /WHATSAPP_WS_URL/)
	assert.match(refusal({ LOG_LEVEL: 'loud' }), /LOG_LEVEL/)
	assert.match(refusal({ SANDBOX: 'perhaps' }), /SANDBOX/)
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

test('--help explains every setting', () => {
	for (const [name, schema] of Object.entries(settings.shape)) {
		assert.ok(schema.description, `${name} has no sentence`)
		assert.ok(helpText().includes(name))
	}
})
