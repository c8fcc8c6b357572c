import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog, silenceLibsignal } from '../../gateway/src/log.ts'
import { linkedGateway, ADMIN_KEY } from '../support/gateway/gateway.ts'
import { openReceiver } from '../support/gateway/receiver.ts'

test('logs and console have no numbers, texts, keys or secrets', async (t) => {
	const said: string[] = []
	for (const method of ['log', 'info', 'warn', 'error'] as const) {
		t.mock.method(
			console,
			method,
			(...words: unknown[]) => void said.push(words.map(String).join(' ')),
		)
	}
	const log: string[] = []
	const { gateway, ada, owner } = await linkedGateway(t, { log })
	const receiver = await openReceiver(t)
	const hook = await gateway.request('POST', '/api/v1/sessions/main/webhooks', {
		url: receiver.url,
	})
	const key = await gateway.request('POST', '/api/v1/keys', { name: 'n8n' })
	const send = { to: ada.account.phone, text: 'canary out' }
	await gateway.request('POST', '/api/v1/sessions/main/messages/text', send)
	await ada.says('canary in', { to: owner })
	await receiver.gets(({ event }) => event.data.text === 'canary in')
	await gateway.stop()

	assert.match(log.join(''), /send finished/)
	const secrets = [
		ADMIN_KEY,
		key.body.key,
		hook.body.secret,
		'canary',
		'491700000001',
		'491700000002',
		owner.account.lid,
	]
	for (const secret of secrets) assert.ok(!log.join('').includes(secret), secret)
	assert.deepEqual(said, [])
})

test('secrets that are logged by mistake are redacted', () => {
	const lines: string[] = []
	const log = createLog('info', { write: (line) => void lines.push(line) })
	log.info({ text: 'canary', to: 'canary', message: { text: 'canary', phone: 'canary' } }, 'oops')
	assert.doesNotMatch(lines.join(''), /canary/)
})

test('libsignal cannot print its records; other code still can print', () => {
	const printed: unknown[][] = []
	const print = (...words: unknown[]) => void printed.push(words)
	const target = { log: print, info: print, warn: print, error: print } as unknown as Console
	silenceLibsignal(target)
	silenceLibsignal(target)
	target.info('Closing session:', { privKey: 'canary' })
	target.error('Session error:Bad MAC', 'canary')
	target.info('Ready')
	assert.deepEqual(printed, [['Ready']])
})
