import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { test, type TestContext } from 'node:test'
import { listen } from '../../support/delivery/listener.ts'
import { ADMIN_KEY, openGateway } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'

const IMAGE = '/api/v1/sessions/main/messages/image'
const FORM_TYPE = 'multipart/form-data; boundary=b'
const FORM = '--b\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\nxxxxx'

async function openServer(t: TestContext) {
	const gateway = await openGateway(t, { bodyWindowMs: 60 })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	return { gateway, port: await listen(t, gateway) }
}

const stalled: [what: string, head: string][] = [
	['JSON', `Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"to":"1`],
	['JSON of a file', `Content-Type: application/json\r\nContent-Length: 1300000\r\n\r\n{"to":"1`],
	['a form', `Content-Type: ${FORM_TYPE}\r\nContent-Length: 1000\r\n\r\n${FORM}`],
	['chunks', `Content-Type: ${FORM_TYPE}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n--b\r\n\r\n`],
	['nothing', `Content-Type: ${FORM_TYPE}\r\nContent-Length: 1000\r\n\r\n`],
]

test('a body that stops coming is ended with 408, and leaves nothing', async (t) => {
	const { gateway, port } = await openServer(t)
	for (const [what, head] of stalled) {
		await t.test(what, async () => {
			const socket = connect(port, '127.0.0.1')
			socket.write(`POST ${IMAGE} HTTP/1.1\r\nHost: a\r\nX-API-Key: ${ADMIN_KEY}\r\n${head}`)
			const answer = await textOf(socket)
			assert.match(answer, /^HTTP\/1\.1 408 /)
			assert.match(answer, /"code":"request_timeout"/)
			await until(
				'nothing is left',
				async () => !(await readdir(join(gateway.dataDir, 'tmp'))).length,
			)
		})
	}
})

test('bodies that stop coming hold no place', async (t) => {
	const { port } = await openServer(t)
	const head = `POST ${IMAGE} HTTP/1.1\r\nHost: a\r\nX-API-Key: ${ADMIN_KEY}\r\n${stalled[2]![1]}`
	const sockets = Array.from({ length: 40 }, () => connect(port, '127.0.0.1'))
	for (const socket of sockets) socket.write(head)
	const answers = await Promise.all(sockets.map((socket) => textOf(socket)))
	for (const answer of answers) assert.match(answer, /^HTTP\/1\.1 408 /)
	const form = new FormData()
	form.append('to', '1')
	const url = `http://127.0.0.1:${port}${IMAGE}`
	const next = await fetch(url, { method: 'POST', headers: { 'x-api-key': ADMIN_KEY }, body: form })
	assert.equal(next.status, 400)
})
