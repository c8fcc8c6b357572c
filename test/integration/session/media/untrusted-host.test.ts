import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openGateway, openSandbox } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'

test('a host whose certificate is not trusted is named as that, wherever files go or come from', async (t) => {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	const ada = sandbox.phone('491700000002', { name: 'Ada' })
	const { wsUrl, noiseRoot } = sandbox
	const gateway = await openGateway(t, {
		sandbox: { wsUrl, noiseRoot },
		fetchAllow: ['127.0.0.1'],
	})
	const ask = (method: string, path: string, body?: object) =>
		gateway.request(method, `/api/v1/sessions${path}`, body)
	await ask('POST', '', { id: 'main' })
	owner.scans((await ask('GET', '/main/qr')).body.qr)
	await gateway.becomes('main', 'open')
	const message = await ada.media.attach('document', {
		data: Buffer.from('a file'),
		mimetype: 'text/plain',
		filename: 'a.txt',
	})
	const id = await ada.sends(message, { to: owner })
	await until('it is kept', async () => (await ask('GET', `/main/messages/${id}`)).status === 200)

	const url = `https://${sandbox.whatsapp.media.hostname}/a.txt`
	for (const [method, path, body, status, code] of [
		['GET', `/main/media/${id}`, undefined, 502, 'media_host_failed'],
		[
			'POST',
			'/main/media/upload',
			{ media_type: 'document', data: 'YQ==' },
			502,
			'media_upload_failed',
		],
		['POST', '/main/media/upload', { media_type: 'document', url }, 422, 'media_fetch_failed'],
	] as const) {
		const answer = await ask(method, path, body)
		assert.deepEqual([answer.status, answer.body?.code], [status, code], answer.text)
		assert.match(answer.body.detail, /has a TLS certificate that is not trusted/)
	}
})
