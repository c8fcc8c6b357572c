import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { startSandbox } from '../../../../gateway/src/sandbox/index.ts'
import { until } from '../../../support/wait.ts'
import { ADMIN_KEY, atEnd, temporaryDirectory } from '../../../support/gateway/gateway.ts'
import { openGatewayProcess } from '../../../support/gateway/process.ts'

const MEGABYTE = 2 ** 20

/** A gateway in a process of its own, linked to a sandbox in this one. */
async function openProcess(t: TestContext) {
	const directory = await temporaryDirectory(t)
	const sandbox = await startSandbox()
	atEnd(t, () => sandbox.close())
	const authority = join(directory, 'ca.pem')
	await writeFile(authority, sandbox.mediaCa)
	const { url, leftovers, memory } = await openGatewayProcess(t, {
		WHATSAPP_WS_URL: sandbox.wsUrl,
		WHATSAPP_NOISE_ROOT: sandbox.noiseRoot,
		WHATSAPP_MEDIA_CA: authority,
	})
	const ask = (path: string, init: RequestInit = {}) =>
		fetch(`${url}/api/v1/sessions/main${path}`, {
			...init,
			headers: { 'x-api-key': ADMIN_KEY, ...init.headers },
		})
	const owner = sandbox.phone('491700000001')
	const qr = async () => ((await (await ask('/qr')).json()) as { qr?: string }).qr
	owner.scans(await until('there is a QR', qr))
	await until('the session is open', async () => {
		const { status } = (await (await ask('')).json()) as { status: string }
		return status === 'open'
	})
	owner.incoming.listens = false
	return {
		ask,
		leftovers,
		owner,
		ada: sandbox.phone('491700000002'),
		/** In bytes, at its highest. */
		memory: () => memory('VmHWM'),
	}
}

test('a file of 60 MB passes through without being in memory, as bytes, as JSON and as an upload', async (t) => {
	const { ask, owner, ada, memory, leftovers } = await openProcess(t)

	async function passThrough(size: number) {
		const data = randomBytes(size)
		const mimetype = 'application/zip'
		const message = await ada.media.attach('document', { data, mimetype })
		const id = await ada.sends(message, { to: owner })
		await until('the message is here', async () => (await ask(`/messages/${id}`)).ok)

		const hash = createHash('sha256')
		for await (const chunk of (await ask(`/media/${id}`)).body!) hash.update(chunk)
		assert.ok(hash.digest().equals(createHash('sha256').update(data).digest()))

		let length = 0
		const json = await ask(`/media/${id}?format=json`)
		for await (const chunk of json.body!) length += chunk.length
		assert.equal(length, Number(json.headers.get('content-length')))

		const form = new FormData()
		form.append('media_type', 'document')
		form.append('file', new File([data], 'a.zip'))
		const uploaded = await ask('/media/upload', { method: 'POST', body: form })
		assert.equal(((await uploaded.json()) as { file_length: number }).file_length, size)
	}

	// What every file costs, however small: code, buffers, and what V8 leaves lying about.
	await passThrough(30 * MEGABYTE)
	const before = await memory()
	await passThrough(60 * MEGABYTE)
	const { events } = (await (await ask('/events?limit=1000')).json()) as { events: any[] }
	const { url } = events.findLast(({ data }) => data.media).data.media
	const head = await fetch(url, { method: 'HEAD' })
	assert.deepEqual([head.status, head.headers.get('content-type')], [200, 'application/zip'])

	for (const path of ['', '?format=json']) {
		const { message_id: id } = events.findLast(({ data }) => data.media).data
		await (await ask(`/media/${id}${path}`)).body!.cancel()
		await until('nothing stays of what nobody read', async () => !(await leftovers()).length)
	}

	hasNotGrown(t, before, await memory())
})

/** A document in a request: as a part of a form, and in base64. */
const bodiesOf: Record<string, (to: string, data: Buffer<ArrayBuffer>) => RequestInit> = {
	'as a part of a form'(to, data) {
		const body = new FormData()
		body.append('to', to)
		body.append('filename', 'all.zip')
		body.append('document', new File([data], 'all.zip', { type: 'application/zip' }))
		return { body }
	},
	'in base64'(to, data) {
		const document = { data: data.toString('base64'), mimetype: 'application/zip' }
		const body = JSON.stringify({ to, filename: 'all.zip', document })
		return { body, headers: { 'content-type': 'application/json' } }
	},
}

for (const [how, bodyOf] of Object.entries(bodiesOf)) {
	test(`a document of 100 MB ${how} is sent without being in memory`, async (t) => {
		const { ask, ada, memory } = await openProcess(t)

		async function send(size: number) {
			const data = randomBytes(size)
			const init = bodyOf(ada.account.phone, data)
			// Making it blocks for seconds: a connection that the gateway has closed meanwhile must be seen to be closed.
			await pause(100)
			const answer = await ask('/messages/document', { method: 'POST', ...init })
			const { message_id: id } = (await answer.json()) as { message_id: string }
			const { media } = await ada.receives((message) => message.id === id, { timeout: 30_000 })
			assert.equal(media?.sha256, createHash('sha256').update(data).digest('hex'))
		}

		await send(10 * MEGABYTE)
		const before = await memory()
		await send(100_000_000)
		hasNotGrown(t, before, await memory())
	})
}

function hasNotGrown(t: TestContext, before: number, now: number) {
	const grown = (now - before) / MEGABYTE
	t.diagnostic(`grew by ${grown.toFixed(1)} MB`)
	assert.ok(grown < 64, `grew by ${grown.toFixed(1)} MB`)
}
