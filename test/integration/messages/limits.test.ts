import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageTypes } from '../../../gateway/src/messages/index.ts'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { refusedAnswers } from './support/refused-answers.ts'
import { refusedTrade } from './support/refused-trade.ts'
import { uploaded, type Refused } from './support/conversation.ts'

const file = uploaded.given
const long = (length: number) => 'x'.repeat(length)
const button = { button_id: 'b', display_text: 'B' }
const row = { row_id: 'r', title: 'R' }
const card = { display_name: 'Ann', phones: [{ number: '+4930123' }] }

/** What no file can be, and its caption. */
const badFiles = (field: string): Refused[] => [
	['no file', {}, field],
	['an empty file', { [field]: {} }, field],
	['a file that is a number', { [field]: 7 }, field],
	['a file by another protocol', { [field]: { url: 'file:///etc/passwd' } }, `${field}.url`],
	['a file half uploaded', { [field]: { media_key: 'AQ==', direct_path: '/v' } }, field],
	['a long caption', { [field]: file, caption: long(65_537) }, 'caption'],
]

const poll = { name: 'Which?', options: ['a', 'b'] }
const event = { name: 'Lunch', start_time: '2030-01-31T12:00:00Z' }
const buttons = { content_text: 'Which?', buttons: [button] }
const list = {
	title: 'T',
	description: 'D',
	button_text: 'B',
	sections: [{ title: 'S', rows: [row] }],
}
const interactive = {
	body_text: 'Do',
	buttons: [{ name: 'quick_reply', button_params_json: '{}' }],
}

const refused: Record<string, Refused[]> = {
	text: [
		['no text', {}, 'text'],
		['an empty text', { text: '' }, 'text'],
		['a long text', { text: long(65_537) }, 'text'],
		['nobody as mentions', { text: 'hi', mentions: [] }, 'mentions'],
		['a mention that is nobody', { text: 'hi', mentions: ['4930123456', 'Ann'] }, 'mentions.1'],
		['an empty reply', { text: 'hi', reply_to: '' }, 'reply_to'],
		['a color by name', { text: 'hi', background_color: 'blue' }, 'background_color'],
		['a font that is none', { text: 'hi', font: 'comic' }, 'font'],
		['a fraction of a second', { text: 'hi', expiration: 0.5 }, 'expiration'],
	],
	image: [
		...badFiles('image'),
		['a word for view once', { image: file, view_once: 'yes' }, 'view_once'],
	],
	video: badFiles('video'),
	gif: badFiles('video'),
	'video-note': badFiles('video').slice(0, -1),
	audio: [
		...badFiles('audio').slice(0, -1),
		['a word for ptt', { audio: file, ptt: 'yes' }, 'ptt'],
	],
	voice: badFiles('audio').slice(0, -1),
	document: [
		...badFiles('document').map(([what, body, field]): Refused => {
			return [what, { filename: 'a.pdf', ...body }, field]
		}),
		['no filename', { document: file }, 'filename'],
		['an address without a name', { document: { url: 'https://a.de/' } }, 'filename'],
		['an address that is none', { document: { url: 'https://[' } }, 'filename'],
		['no type', { document: file, filename: 'a.pdf', mimetype: 'pdf' }, 'mimetype'],
	],
	sticker: badFiles('sticker').slice(0, -1),
	'view-once': [
		['neither picture nor video', {}, 'image'],
		['both', { image: file, video: file }, 'image'],
	],
	album: [
		['one item', { items: [{ image: file }] }, 'items'],
		['31 items', { items: Array(31).fill({ image: file }) }, 'items'],
		['an item with both', { items: [{ image: file }, { image: file, video: file }] }, 'items.1'],
		['an item with no file', { items: [{ image: file }, { image: {} }] }, 'items.1.image'],
	],
	location: [
		['no latitude', { longitude: 0 }, 'latitude'],
		['a latitude beyond the pole', { latitude: 90.1, longitude: 0 }, 'latitude'],
		['a longitude beyond the date line', { latitude: 0, longitude: -180.1 }, 'longitude'],
		['a latitude as text', { latitude: '1', longitude: 0 }, 'latitude'],
		['a long name', { latitude: 0, longitude: 0, name: long(1_025) }, 'name'],
	],
	'live-location': [
		['no longitude', { latitude: 0 }, 'longitude'],
		['a heading of 360', { latitude: 0, longitude: 0, heading: 360 }, 'heading'],
		['a negative speed', { latitude: 0, longitude: 0, speed: -1 }, 'speed'],
	],
	contact: [
		['no contact', {}, 'contact'],
		['no name', { contact: { phones: card.phones } }, 'contact.display_name'],
		['no phone', { contact: { ...card, phones: [] } }, 'contact.phones'],
		[
			'a number of letters',
			{ contact: { ...card, phones: [{ number: 'none' }] } },
			'contact.phones.0.number',
		],
		['a line end as type', typed('CELL\nTEL:1'), 'contact.phones.0.phone_type'],
	],
	'member-tag': [
		['no tag', {}, 'label'],
		['a long tag', { label: long(31) }, 'label'],
	],
	contacts: [
		['one contact', { contacts: [card] }, 'contacts'],
		['a contact with no phone', { contacts: [card, { display_name: 'B' }] }, 'contacts.1.phones'],
	],
	poll: [
		['no question', { options: ['a', 'b'] }, 'name'],
		['a long question', { ...poll, name: long(256) }, 'name'],
		['one option', { ...poll, options: ['a'] }, 'options'],
		['13 options', { ...poll, options: [...'abcdefghijklm'] }, 'options'],
		['the same option twice', { ...poll, options: ['a', 'a'] }, 'options'],
		['an empty option', { ...poll, options: ['a', ' '] }, 'options.1'],
		['a long option', { ...poll, options: ['a', long(101)] }, 'options.1'],
		['more choices than options', { ...poll, selectable_count: 3 }, 'selectable_count'],
		['less than no choice', { ...poll, selectable_count: -1 }, 'selectable_count'],
	],
	event: [
		['no name', { start_time: event.start_time }, 'name'],
		['no start', { name: 'Lunch' }, 'start_time'],
		['a start without a zone', { ...event, start_time: '2030-01-31T12:00:00' }, 'start_time'],
		['an end before the start', { ...event, end_time: '2030-01-31T11:00:00Z' }, 'end_time'],
		['a place nowhere', { ...event, location: { latitude: 1 } }, 'location.longitude'],
	],
	buttons: [
		['no text', { buttons: [button] }, 'content_text'],
		['no buttons', { ...buttons, buttons: [] }, 'buttons'],
		['four buttons', { ...buttons, buttons: Array(4).fill(button) }, 'buttons'],
		[
			'a button with no label',
			{ ...buttons, buttons: [{ button_id: 'b' }] },
			'buttons.0.display_text',
		],
	],
	list: [
		['no title', { ...list, title: undefined }, 'title'],
		['no button', { ...list, button_text: undefined }, 'button_text'],
		['no sections', { ...list, sections: [] }, 'sections'],
		['no rows', { ...list, sections: [{ title: 'S', rows: [] }] }, 'sections.0.rows'],
	],
	interactive: [
		['no text', { ...interactive, body_text: undefined }, 'body_text'],
		['no buttons', { ...interactive, buttons: [] }, 'buttons'],
		[
			'parameters that are no JSON',
			{ ...interactive, buttons: [{ name: 'quick_reply', button_params_json: '{id}' }] },
			'buttons.0.button_params_json',
		],
	],
	...refusedTrade,
	...refusedAnswers,
}

function typed(type: string) {
	return { contact: { ...card, phones: [{ number: '+4930123', phone_type: type }] } }
}

test('invalid values are refused naming the field, and nothing is sent', async (t) => {
	const { gateway, ada } = await linkedGateway(t)
	const send = (type: string, body: object) =>
		gateway.request('POST', `/api/v1/sessions/main/messages/${type}`, body)

	for (const { type } of messageTypes) {
		const cases = refused[type] ?? assert.fail(`${type} has no limits here`)
		for (const [what, body, field] of cases) {
			await t.test(`${type}: ${what}`, async () => {
				const answer = await send(type, { to: ada.account.phone, ...body })
				assert.deepEqual([answer.status, answer.body.field], [400, field], answer.text)
			})
		}
		await t.test(`${type}: no recipient`, async () => {
			const answer = await send(type, cases[0]![1])
			assert.equal(answer.status, 400)
			assert.match(answer.body.detail, /`to`/)
		})
	}
	await send('text', { to: ada.account.phone, text: 'the end' })
	await ada.receives('the end')
	assert.equal(ada.inbox.entries.length, 1)
})
