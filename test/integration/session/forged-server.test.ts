import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openGateway, openSandbox } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'

test('a server whose certificate is signed by another root learns nothing', async (t) => {
	const sandbox = await openSandbox(t)
	const noiseRoot = Buffer.alloc(32, 7).toString('hex')
	const gateway = await openGateway(t, { sandbox: { wsUrl: sandbox.wsUrl, noiseRoot } })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	const shown = async () => (await gateway.request('GET', '/api/v1/sessions/main')).body
	const { last_disconnect } = await until('the handshake has failed', async () => {
		const session = await shown()
		return session.last_disconnect && session
	})
	assert.equal(last_disconnect.code, 400)
	assert.match(
		last_disconnect.advice,
		/^127\.0\.0\.1 shows a certificate that WhatsApp has not signed\. /,
	)
	assert.deepEqual(
		sandbox.whatsapp.log.list(() => true),
		[],
	)
})
