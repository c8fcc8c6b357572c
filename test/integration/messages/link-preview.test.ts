import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import sharp from 'sharp'
import { cpuMsOf } from '../../support/effort.ts'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { openServer } from '../../support/media/server.ts'

const page = `<!doctype html><html><head><title>Tea &amp; more</title>
<meta property="og:title" content="Caf&eacute; &quot;Tea&quot; &#x1F375;">
<meta content='Leaves,&#10; hot water' property='og:description'>
<meta property="og:image" content="/tea.png"></head><body></body></html>`

async function openWorld(t: TestContext, answer: RequestListener, fetchAllow = ['127.0.0.1']) {
	const { url, requests } = await openServer(t, answer)
	const { gateway, ada } = await linkedGateway(t, { fetchAllow })
	const send = async (text: string, more: object = { link_preview: true }) => {
		const body = { to: ada.account.phone, text, ...more }
		const sent = await gateway.request('POST', '/api/v1/sessions/main/messages/text', body)
		assert.equal(sent.status, 200, sent.text)
		const { message } = await ada.receives(({ id }) => id === sent.body.message_id)
		assert.deepEqual(await readdir(join(gateway.dataDir, 'tmp')), [])
		const { text: said, contextInfo: _, ...shown } = message!.extendedTextMessage!
		assert.equal(said, text)
		return shown
	}
	return { url, requests, send }
}

const html = (body: string): RequestListener => {
	return (_request, response) =>
		void response.setHeader('content-type', 'text/html; charset=utf-8').end(body)
}

test('a text has a preview of the page of its first link', async (t) => {
	const picture = sharp({ create: { width: 300, height: 200, channels: 3, background: 'teal' } })
	const png = await picture.png().toBuffer()
	const { url, send } = await openWorld(t, (request, response) => {
		if (request.url === '/tea.png') response.setHeader('content-type', 'image/png').end(png)
		else html(page)(request, response)
	})
	const shown = await send(`Look (${url}/a?b=c). Or https://example.com!`)
	assert.equal(shown.matchedText, `${url}/a?b=c`)
	assert.equal(shown.title, 'Caf&eacute; "Tea" 🍵')
	assert.equal(shown.description, 'Leaves, hot water')
	const { format, width } = await sharp(shown.jpegThumbnail!).metadata()
	assert.deepEqual([format, width], ['jpeg', 72])
})

test('nothing is fetched unless it is asked for', async (t) => {
	const { url, requests, send } = await openWorld(t, html(page))
	await send(`Look ${url}`, {})
	await send('no link here')
	assert.equal(requests.length, 0)
})

const failures: [string, RequestListener][] = [
	['is not there', (_request, response) => void response.writeHead(404).end()],
	['is no page', (_request, response) => void response.end('hello')],
	['says nothing', html('<html><head></head></html>')],
	['is too large', html(page + ' '.repeat(600 * 1024))],
	['breaks off', (_request, response) => void response.destroy()],
	['never answers', () => undefined],
	['redirects to a private address', redirectTo('http://10.0.0.1/')],
	['is made to be slow to read', html('<meta '.repeat(80_000))],
]

test('a text whose page cannot be loaded is sent without a preview, and soon', async (t) => {
	for (const [what, answer] of failures) {
		await t.test(what, async (t) => {
			const { url, send } = await openWorld(t, answer)
			const cpuMs = await cpuMsOf(async () => {
				const { title } = await send(`Look ${url}`)
				assert.equal(title ?? null, null)
			})
			assert.ok(cpuMs < 6_000)
		})
	}
})

test('a page inside the own network is not looked at', async (t) => {
	const { url, requests, send } = await openWorld(t, html(page), [])
	const { title } = await send(`Look ${url}`)
	assert.deepEqual([title ?? null, requests.length], [null, 0])
})

test('a preview without a usable image has title and description', async (t) => {
	const { url, send } = await openWorld(t, html('<title>Just &lt;this&gt;</title>'))
	const { title, jpegThumbnail } = await send(`Look ${url}`)
	assert.deepEqual([title, jpegThumbnail ?? null], ['Just <this>', null])
})

function redirectTo(location: string): RequestListener {
	return (_request, response) => void response.writeHead(302, { location }).end()
}
