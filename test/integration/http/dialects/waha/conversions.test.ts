import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { temporaryDirectory } from '../../../../support/gateway/gateway.ts'
import { clip, make, tone } from '../../../../support/media/fixtures.ts'
import { openServer } from '../../../../support/media/server.ts'
import { openWaha } from './support.ts'

test('WAHA: files are converted without being sent', async (t) => {
	const { ask } = await openWaha(t)
	const directory = await temporaryDirectory(t)
	const [wav, webm] = await Promise.all([
		make(directory, 'wav', ...tone(1)),
		make(directory, 'webm', ...clip(1)),
	])
	const [sound, film] = await Promise.all([readFile(wav), readFile(webm)])
	const server = await openServer(t, (_, response) => response.end(sound))
	const convert = (role: string, body: object, accept = '*/*') =>
		ask('POST', `/api/main/media/convert/${role}`, body, { accept })

	await t.test('a sound becomes a voice note, as bytes', async () => {
		for (const given of [{ data: sound.toString('base64') }, { url: `${server.url}/a.wav` }]) {
			const { status, headers, text } = await convert('voice', given)
			assert.deepEqual([status, headers.get('content-type')], [201, 'audio/ogg; codecs=opus'])
			assert.match(headers.get('content-disposition')!, /output\.opus/)
			assert.match(text, /^OggS/)
		}
	})

	await t.test('a film becomes a video, in JSON for who accepts nothing else', async () => {
		const given = { data: film.toString('base64'), url: null }
		const { status, body } = await convert('video', given, 'application/json')
		assert.deepEqual([status, body.mimetype], [201, 'video/mp4'])
		assert.equal(Buffer.from(body.data, 'base64').toString('latin1', 4, 8), 'ftyp')
	})

	const refused: [role: string, body: object, status: number][] = [
		['voice', {}, 422],
		['voice', { url: '', data: '' }, 422],
		['video', { url: null }, 422],
		['voice', { data: 5 }, 400],
		['voice', { data: Buffer.from('no sound').toString('base64') }, 415],
		['voice', { url: 'file:///etc/passwd' }, 400],
	]
	for (const [role, body, status] of refused)
		await t.test(`refused: ${role} of ${JSON.stringify(body)}`, async () => {
			const answer = await convert(role, body)
			assert.deepEqual([answer.status, answer.body.statusCode], [status, status], answer.text)
		})
})
