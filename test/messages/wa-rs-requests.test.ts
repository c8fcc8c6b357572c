import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { test } from 'node:test'
import { linkedGateway, temporaryDirectory } from '../gateway/support/gateway.ts'
import { openServer } from '../media/support/server.ts'
import { clip, h264, make, plain, tone } from '../media/support/fixtures.ts'

type Request = { name: string; path: string; body: Record<string, unknown> }

/** As WA-RS documents them. */
const requests = JSON.parse(
	readFileSync(join(import.meta.dirname, 'wa-rs-requests.json'), 'utf8'),
) as Request[]

const ABOUT = '3EB0ABC123...'
const ANSWER = ['message_id', 'timestamp', 'to']

test('every request that WA-RS documents is taken as it is, and arrives', async (t) => {
	const files = await samples(await temporaryDirectory(t))
	const { url } = await openServer(t, ({ url = '' }, response) => {
		response.end(files[extname(url)])
	})
	const { gateway, sandbox, owner } = await linkedGateway(t, { fetchAllow: ['127.0.0.1'] })
	const budi = sandbox.phone('628123456789', { name: 'Budi' })
	const sari = sandbox.phone('628987654321', { name: 'Sari' })
	const group = owner.createsGroup('Team', [budi, sari])
	const send = (path: string, body: object) => gateway.request('POST', path, body)
	const text = '/api/v1/sessions/main/messages/text'

	/** The placeholders of the document, by what stands for them here. */
	async function filled({ name, path, body }: Request) {
		const isGroup = JSON.stringify(body).includes('@g.us')
		const chat = isGroup ? group : budi.account.phone
		const poll = { to: chat, name: 'Color?', options: ['Red', 'Blue'] }
		const about = name === 'poll-update' ? ['poll', poll] : ['text', { to: chat, text: 'hello' }]
		const { body: sent } = await send(text.replace('text', about[0] as string), about[1] as object)
		const words = JSON.stringify(body)
			.replaceAll(ABOUT, sent.message_id)
			.replaceAll('3EB0DEF456...', sent.message_id)
			.replaceAll('https://example.com', url)
			.replaceAll(/\d+(-\d+)?@g\.us/g, group)
			.replaceAll('/9j/4AAQSkZJRg...', files['.jpg']!.toString('base64'))
			.replaceAll('sha256-hash-of-option', Buffer.alloc(32, 1).toString('base64'))
			.replaceAll('base64-encoded-iv', Buffer.alloc(12, 1).toString('base64'))
			.replaceAll('base64-encoded-payload', Buffer.alloc(48, 1).toString('base64'))
		const route = path.replace(/\{session_id\}|my-session/, 'main')
		return { route, body: JSON.parse(words) as Record<string, unknown> }
	}

	for (const request of requests) {
		await t.test(request.name, async () => {
			const { route, body } = await filled(request)
			const answer = await send(route, body)
			assert.equal(answer.status, 200, answer.text)
			if (route.endsWith('/read')) return assert.deepEqual(answer.body, { success: true })
			assert.deepEqual(Object.keys(answer.body), ANSWER)
			const reader = String(body.to ?? body.chat).startsWith(sari.account.phone) ? sari : budi
			const { message } = await reader.receives(({ id }) => id === answer.body.message_id)
			assert.ok(message)
		})
	}
})

/** A file of each kind that the document names, by its ending. */
async function samples(directory: string): Promise<Record<string, Buffer>> {
	const [mp4, mp3] = await Promise.all([
		make(directory, 'mp4', ...clip(1), ...h264),
		make(directory, 'mp3', ...tone(1)),
	])
	return {
		'.jpg': await plain(64, 64).jpeg().toBuffer(),
		'.webp': await plain(64, 64).webp().toBuffer(),
		'.mp4': await readFile(mp4),
		'.mp3': await readFile(mp3),
		'.pdf': Buffer.from('%PDF-1.4\n%%EOF\n'),
	}
}
