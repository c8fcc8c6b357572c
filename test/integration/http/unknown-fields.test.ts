import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADMIN_KEY, linkedGateway, openGateway } from '../../support/gateway/gateway.ts'

const MESSAGES = '/api/v1/sessions/main/messages'
const TO = { to: '491700000002' }
const IMAGE = { url: 'https://example.com/a.png' }
const row = { row_id: 'a', title: 'A' }
const list = (rows: object[]) => ({
	title: 'T',
	description: 'D',
	button_text: 'B',
	sections: [{ title: 'S', rows }],
})

const misspelt: [what: string, path: string, body: object, fields: string[]][] = [
	['a field', `${MESSAGES}/text`, { text: 'hi', repply_to: 'x' }, ['repply_to']],
	['a field of another type', `${MESSAGES}/text`, { text: 'hi', caption: 'x' }, ['caption']],
	['two fields', `${MESSAGES}/text`, { text: 'hi', one: 1, two: null }, ['one', 'two']],
	[
		'a field of a row',
		`${MESSAGES}/list`,
		list([row, { ...row, rowid: 1 }]),
		['sections.0.rows.1.rowid'],
	],
	[
		'a field of an item',
		`${MESSAGES}/album`,
		{ items: [{ image: IMAGE, captoin: 'x' }, { image: IMAGE }] },
		['items.0.captoin'],
	],
	['a field of a file', `${MESSAGES}/image`, { image: { ...IMAGE, nmae: 'a' } }, ['image.nmae']],
	[
		'a field of a contact',
		`${MESSAGES}/contact`,
		{ contact: { display_name: 'A', phones: [{ number: '+4930123', kind: 'x' }] } },
		['contact.phones.0.kind'],
	],
	[
		'a field of a route',
		'/api/v1/sessions/main/contacts/check',
		{ phones: ['4930123456'], x: 1 },
		['x'],
	],
]

test('a field that a request does not have is refused by its name, and nothing is done', async (t) => {
	const gateway = await openGateway(t)
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	for (const [what, path, body, fields] of misspelt) {
		const to = path.startsWith(MESSAGES) ? TO : {}
		const { status, body: problem, text } = await gateway.request('POST', path, { ...to, ...body })
		assert.equal(status, 400, `${what}: ${text}`)
		assert.equal(problem.field, fields[0], what)
		for (const field of fields)
			assert.ok(problem.detail.includes(`\`${field}\`: unknown field`), text)
	}
	const { body } = await gateway.request('POST', `${MESSAGES}/react`, { ...TO, emojy: '👍' })
	assert.match(body.detail, /`emojy`: unknown field; known are .*\bemoji\b/)
})

test('the other names of fields are known', async (t) => {
	const { gateway, ada } = await linkedGateway(t)
	const sent = await gateway.request('POST', `${MESSAGES}/text`, {
		to: ada.account.phone,
		text: 'hi',
	})
	const message_id = sent.body.message_id as string
	const pin = { chat: ada.account.phone, message_id }
	const { status, text } = await gateway.request('POST', `${MESSAGES}/pin`, pin)
	assert.equal(status, 200, text)
})

test('a text of a form keeps the line ends that were written into it', async (t) => {
	const { gateway, ada } = await linkedGateway(t)
	const form = new FormData()
	form.append('to', ada.account.phone)
	form.append('caption', 'A\nB\n\nC')
	form.append('document', new File(['bytes\r\n'], 'a.txt', { type: 'text/plain' }))
	const answer = await gateway.app.request(`${MESSAGES}/document`, {
		method: 'POST',
		headers: { 'x-api-key': ADMIN_KEY },
		body: form,
	})
	const text = await answer.text()
	assert.equal(answer.status, 200, text)
	const { message } = await ada.receives(({ id }) => id === JSON.parse(text).message_id)
	const document =
		message?.documentMessage ?? message?.documentWithCaptionMessage?.message?.documentMessage
	assert.equal(document?.caption, 'A\nB\n\nC')
	assert.equal(Number(document?.fileLength), 7)
})
