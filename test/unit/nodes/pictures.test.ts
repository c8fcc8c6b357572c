import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRecorder } from '../../support/recorder.ts'
import { send, sent } from './harness.ts'

const JPEG = Buffer.from('a picture')

/** A gateway that links to a picture at WhatsApp; both are one server here. */
async function openWorld(t: { after(end: () => unknown): void }) {
	const server = await startRecorder(({ path }) => {
		if (path.startsWith('/api/v1')) {
			const url = path.includes('hidden')
				? null
				: `${server.url}/v/${path.includes('gone') ? 'gone' : 'p.jpg'}`
			return { status: 200, body: { url, id: '1' } }
		}
		if (path === '/v/gone') return { status: 410, body: { error: 'gone' } }
		return { status: 200, body: JPEG, type: 'image/jpeg' }
	})
	t.after(() => server.stop())
	const picture = async (resource: string, jid: string, parameters: object) => {
		const place = { __rl: true, mode: 'id', value: jid }
		const run = await send([{}], {
			baseUrl: server.url,
			parameters: { resource, operation: 'getPicture', jid: place, ...parameters },
		})
		return { error: run.data.resultData.error, item: sent(run)[0] }
	}
	return { server, picture }
}

for (const resource of ['contact', 'group'])
	test(`the picture of a ${resource} is downloaded into a binary field on request`, async (t) => {
		const { server, picture } = await openWorld(t)
		const link = await picture(resource, 'one', {})
		assert.equal(link.item?.json.id, '1')
		assert.equal(link.item?.binary, undefined)
		const { item, error } = await picture(resource, 'one', { download: true, binaryField: 'photo' })
		assert.equal(error, undefined)
		assert.equal(item?.json.id, '1')
		assert.equal(item?.binary?.photo?.mimeType, 'image/jpeg')
		assert.equal(Buffer.from(item?.binary?.photo?.data ?? '', 'base64').toString(), String(JPEG))
		const [file] = server.requests.filter(({ path }) => path === '/v/p.jpg')
		assert.equal(file?.headers['x-api-key'], undefined, 'WhatsApp does not get the key')
	})

test('without a picture there is no file, and a link that is no longer valid is an error', async (t) => {
	const { picture } = await openWorld(t)
	const hidden = await picture('contact', 'hidden', { download: true })
	assert.deepEqual([hidden.item?.json.url, hidden.item?.binary], [null, undefined])
	const { error } = await picture('contact', 'gone', { download: true })
	assert.equal(error?.message, 'The file cannot be downloaded from WhatsApp')
})
