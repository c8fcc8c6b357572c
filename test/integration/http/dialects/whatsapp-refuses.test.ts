import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDialects } from './support/gateway.ts'

const TO = '628123456789'
const data = Buffer.from('hello').toString('base64')

/** By door: a text and a file to somebody. */
const doors = {
	native: {
		text: (to: string) => ['/api/v1/sessions/main/messages/text', { to, text: 'hi' }],
		file: (to: string) => [
			'/api/v1/sessions/main/messages/document',
			{ to, document: { data, mimetype: 'text/plain' }, filename: 'a.txt' },
		],
	},
	evolution: {
		text: (number: string) => ['/message/sendText/main', { number, text: 'hi' }],
		file: (number: string) => [
			'/message/sendMedia/main',
			{ number, mediatype: 'document', mimetype: 'text/plain', media: data, fileName: 'a.txt' },
		],
	},
	waha: {
		text: (to: string) => ['/api/sendText', { session: 'main', chatId: chatIdOf(to), text: 'hi' }],
		file: (to: string) => [
			'/api/sendFile',
			{
				session: 'main',
				chatId: chatIdOf(to),
				file: { data, mimetype: 'text/plain', filename: 'a.txt' },
			},
		],
	},
} as const satisfies Record<string, Record<string, (to: string) => [path: string, body: object]>>

const chatIdOf = (to: string) => (to.includes('@') ? to : `${to}@c.us`)

type Door = keyof typeof doors
type Statuses = Record<Door, number>

/** A code with which the server refuses a message, and what the doors make of it: "no" is never an error of ours. */
const messageCodes: Record<number, Statuses> = {
	400: { native: 400, evolution: 400, waha: 400 },
	401: { native: 403, evolution: 403, waha: 403 },
	403: { native: 403, evolution: 403, waha: 403 },
	404: { native: 404, evolution: 404, waha: 404 },
	406: { native: 400, evolution: 400, waha: 400 },
	409: { native: 409, evolution: 400, waha: 422 },
	410: { native: 410, evolution: 400, waha: 422 },
	419: { native: 409, evolution: 400, waha: 422 },
	420: { native: 422, evolution: 400, waha: 422 },
	421: { native: 422, evolution: 400, waha: 422 },
	429: { native: 429, evolution: 429, waha: 429 },
	451: { native: 451, evolution: 451, waha: 451 },
	500: { native: 502, evolution: 500, waha: 500 },
	503: { native: 502, evolution: 500, waha: 500 },
}

/** The same for what the media hosts answer. */
const uploadStatuses: Record<number, Statuses> = {
	400: { native: 422, evolution: 400, waha: 422 },
	413: { native: 422, evolution: 400, waha: 422 },
	415: { native: 422, evolution: 400, waha: 422 },
	401: { native: 502, evolution: 500, waha: 500 },
	500: { native: 502, evolution: 500, waha: 500 },
	507: { native: 502, evolution: 500, waha: 500 },
}

test('what WhatsApp refuses is a request error at every door, and its own trouble a server error', async (t) => {
	const { ask, keys, sandbox, owner } = await openDialects(t, { sendTimeout: 10 })
	const headers = { 'x-api-key': keys.session, apikey: keys.session }
	const names = Object.keys(doors) as Door[]

	async function answersTo(what: 'text' | 'file', to: string): Promise<Statuses> {
		const answers: Partial<Statuses> = {}
		for (const door of names) {
			const [path, body] = doors[door][what](to)
			const { status, text } = await ask({ path, body, headers })
			assert.ok(status > 299, text)
			answers[door] = status
		}
		return answers as Statuses
	}

	for (const [code, expected] of Object.entries(messageCodes))
		await t.test(`code ${code} to a message`, async () => {
			sandbox.whatsapp.faults.refuseMessages(owner.account.phone, Number(code), names.length)
			assert.deepEqual(await answersTo('text', TO), expected)
		})

	for (const [status, expected] of Object.entries(uploadStatuses))
		await t.test(`${status} to an upload`, async () => {
			const ofEach = 2 * names.length
			sandbox.whatsapp.media.refuseUploads(undefined, Number(status), ofEach)
			assert.deepEqual(await answersTo('file', TO), expected)
		})

	await t.test('a channel that is not there', async () => {
		const expected = { native: 404, evolution: 404, waha: 404 }
		assert.deepEqual(await answersTo('text', '1@newsletter'), expected)
	})

	await t.test('a group that is not there', async () => {
		const expected = { native: 422, evolution: 404, waha: 422 }
		assert.deepEqual(await answersTo('text', '120363999999999999@g.us'), expected)
	})
})
