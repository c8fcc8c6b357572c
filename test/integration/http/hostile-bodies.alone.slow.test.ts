import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { test, type TestContext } from 'node:test'
import { ADMIN_KEY, atEnd } from '../../support/gateway/gateway.ts'
import { openGatewayProcess } from '../../support/gateway/process.ts'
import { until } from '../../support/wait.ts'

const MEGABYTE = 2 ** 20
const BODY_BYTES = 100 * MEGABYTE
const IMAGE = '/api/v1/sessions/main/messages/image'
const JSON_TYPE = 'application/json'
const FORM_TYPE = 'multipart/form-data; boundary=b'

/** A body of 100 MB: a beginning, a pattern again and again, and an end. */
type Body = { path?: string; type: string; parts: [string, string, string]; status: number }

const part = (head: string) => `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n`
const field = `${part('name="a"')}1\r\n`
const file = (name: string) => part(`name="${name}"; filename="a.png"`)
const image = '{"to":"4915112345678","image":{"data":"'

const form = (status: number, ...parts: Body['parts']): Body => ({ type: FORM_TYPE, parts, status })
const json = (status: number, ...parts: Body['parts']): Body => ({ type: JSON_TYPE, parts, status })

const bodies: Record<string, Body> = {
	'a form with a huge head': form(413, '--b\r\nX: ', 'x', `\r\n\r\n1\r\n--b--`),
	'a form with millions of head lines': form(413, '--b\r\n', 'X: y\r\n', '\r\n1\r\n--b--'),
	'a form with millions of fields': form(413, '', field, '--b--'),
	'a form with a huge text': form(413, part('name="a"'), 'x', '\r\n--b--'),
	'a form that is none': form(400, '', '--a\r\n', ''),
	'a form with a file of 100 MB': form(400, file('other'), 'x', '\r\n--b--'),
	'lists in lists': json(413, '', '[', ''),
	'objects in a list': json(413, '[', '{},', '1]'),
	'numbers in a list': json(413, '[', '1,', '1]'),
	'short texts in a list': json(413, '[', '"a",', '1]'),
	'texts of 60 KB in a list': json(413, '[', `"${'x y'.repeat(20_000)}",`, '1]'),
	'a huge number': json(413, '[', '1', ']'),
	spaces: json(413, '', ' ', ''),
	'a huge text': json(413, '{"to":"', 'a b ', '"}'),
	'a text of escapes': json(400, '{"to":"', '\\u0041\\n', '"}'),
	'a text of backslashes': json(400, '{"to":"', '\\\\', '"}'),
	'base64 that is none in the end': json(400, image, 'xxxx', '?"}}'),
	'base64 of 75 MB': json(503, image, 'iVBO', '"}}'),
	'base64 with escapes': json(503, image, 'iV\\/O', '"}}'),
	'a text for a route without files': {
		...json(413, '{"to":"', 'x', '"}'),
		path: '/api/v1/sessions/main/messages/text',
	},
}

function* chunksOf([start, pattern, end]: Body['parts']): Generator<Buffer> {
	const block = pattern.repeat(Math.ceil(65_536 / pattern.length))
	const repeated = chunkOf(block)
	if (start) yield chunkOf(start)
	for (let length = 0; length < BODY_BYTES; length += block.length) yield repeated
	if (end) yield chunkOf(end)
	yield Buffer.from('0\r\n\r\n')
}

const chunkOf = (text: string) => Buffer.from(`${text.length.toString(16)}\r\n${text}\r\n`)

async function openProcess(t: TestContext) {
	const gateway = await openGatewayProcess(t, { WHATSAPP_WS_URL: 'ws://127.0.0.1:9/' })
	const { port, leftovers } = gateway

	/** Sends a body in chunks to its end, whatever the gateway answers meanwhile. */
	async function send({ path = IMAGE, type, parts }: Body): Promise<number> {
		const socket = connect(port, '127.0.0.1')
		let answer = ''
		socket.setEncoding('latin1').on('data', (text: string) => (answer += text))
		const headers = `Host: a\r\nX-API-Key: ${ADMIN_KEY}\r\nContent-Type: ${type}`
		socket.write(`POST ${path} HTTP/1.1\r\n${headers}\r\nTransfer-Encoding: chunked\r\n\r\n`)
		for (const chunk of chunksOf(parts)) if (!socket.write(chunk)) await once(socket, 'drain')
		await until('there is an answer', () => answer.includes('\r\n\r\n'), { timeout: 30_000 })
		socket.destroy()
		return Number(answer.split(' ')[1])
	}

	return {
		port,
		send,
		leftovers,
		/** In bytes. */
		memory: () => gateway.memory('VmRSS'),
	}
}

type World = Awaited<ReturnType<typeof openProcess>>

/** Asks for the health all the time, and looks at the memory. */
function watch({ port, memory }: World) {
	const ended = new AbortController()
	const highest = { memory: 0, latency: 0 }
	async function look() {
		while (!ended.signal.aborted) {
			const before = performance.now()
			const answer = await fetch(`http://127.0.0.1:${port}/health`)
			assert.equal(answer.status, 200)
			await answer.text()
			highest.latency = Math.max(highest.latency, performance.now() - before)
			highest.memory = Math.max(highest.memory, await memory())
			await pause(10)
		}
	}
	const looking = look()
	return async () => {
		ended.abort()
		await looking
		return highest
	}
}

async function during(world: World, act: () => Promise<void>) {
	const before = await world.memory()
	const end = watch(world)
	await act().catch(async (error) => {
		await end()
		throw error
	})
	const { memory, latency } = await end()
	return { grown: (memory - before) / MEGABYTE, latency }
}

/** A client that sent half a form and nothing more, as long as the test goes on. */
function stall(t: TestContext, port: number) {
	const socket = connect(port, '127.0.0.1').on('error', () => {})
	const head = `X-API-Key: ${ADMIN_KEY}\r\nContent-Type: ${FORM_TYPE}\r\nContent-Length: 100000000`
	socket.write(`POST ${IMAGE} HTTP/1.1\r\nHost: a\r\n${head}\r\n\r\n${file('image')}`)
	atEnd(t, () => void socket.destroy())
}

test('bodies of 100 MB need little memory and delay no other request, whatever they contain', async (t) => {
	const world = await openProcess(t)
	const { send, port, leftovers } = world
	await fetch(`http://127.0.0.1:${port}/api/v1/sessions`, {
		method: 'POST',
		headers: { 'x-api-key': ADMIN_KEY, 'content-type': JSON_TYPE },
		body: '{"id":"main"}',
	})
	const start = await world.memory()
	for (const [what, body] of Object.entries(bodies)) {
		await t.test(what, async () => {
			const { grown, latency } = await during(world, async () => {
				assert.equal(await send(body), body.status)
			})
			t.diagnostic(`${what}: ${grown.toFixed()} MB, /health within ${latency.toFixed()} ms`)
			assert.ok(grown < 150, `grew by ${grown.toFixed()} MB`)
			assert.ok(latency < 2_000, `/health took ${latency.toFixed()} ms`)
		})
	}

	await t.test('all of them at the same time, beside clients that stall', async () => {
		for (let index = 0; index < 8; index++) stall(t, port)
		const { latency, grown } = await during(world, async () => {
			const sent = await Promise.all(Object.values(bodies).map(send))
			assert.deepEqual(
				sent,
				Object.values(bodies).map(({ status }) => status),
			)
		})
		const total = ((await world.memory()) - start) / MEGABYTE
		t.diagnostic(
			`together: ${grown.toFixed()} MB, in all ${total.toFixed()} MB, /health within ${latency.toFixed()} ms`,
		)
		assert.ok(grown < 400 && total < 400, `grew by ${grown.toFixed()} MB`)
		assert.ok(latency < 5_000, `/health took ${latency.toFixed()} ms`)
		// Those of the clients that stall.
		assert.ok((await leftovers()).length <= 8)
	})
})
