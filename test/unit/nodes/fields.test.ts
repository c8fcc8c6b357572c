import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { startRecorder, type Recorded, type Reply } from '../../support/recorder.ts'
import { binaryFile, send, sent } from './harness.ts'

const PNG = Buffer.from('89504e470d0a1a0a00ff', 'hex')
const ANNA = { to: '491701234567' }

const accepted: Reply = { status: 200, body: { message_id: 'id', timestamp: 1, to: 'x' } }

describe('What people fill in', () => {
	let gateway: Awaited<ReturnType<typeof startRecorder>>
	let answer: (request: Recorded) => Reply

	before(async () => {
		gateway = await startRecorder((request) => answer(request))
	})
	beforeEach(() => {
		answer = () => accepted
		gateway.requests.length = 0
	})
	after(() => gateway.stop())

	async function sending(parameters: object, items: object[] = [ANNA]) {
		const run = await send(items, { baseUrl: gateway.url, parameters })
		return { run, request: gateway.requests[0], error: run.data.resultData.error }
	}

	it('goes out with the names of the API, to the address of its type', async () => {
		const { request } = await sending({
			resource: 'message',
			operation: 'location',
			latitude: 41.0082,
			longitude: 28.9784,
			additionalFields: { name: 'Galata Tower', reply_to: '3EB0AB' },
		})
		assert.equal(request?.path, '/api/v1/sessions/main/messages/location')
		assert.deepEqual(request?.body, {
			...ANNA,
			latitude: 41.0082,
			longitude: 28.9784,
			name: 'Galata Tower',
			reply_to: '3EB0AB',
		})
	})

	/** What rows of a sheet or of SQL have, and what it has to be. */
	const conversions = [
		{
			of: 'numbers where a text is wanted',
			row: { to: 491701234567, text: 42.5 },
			fields: { text: '={{ $json.text }}' },
			body: { to: '491701234567', text: '42.5' },
		},
		{
			of: 'a switch where a text is wanted',
			row: { ...ANNA, text: true },
			fields: { text: '={{ $json.text }}' },
			body: { ...ANNA, text: 'true' },
		},
		{
			of: 'texts where numbers are wanted',
			row: { ...ANNA, latitude: '52.5', longitude: ' -13.4 ' },
			fields: {
				operation: 'location',
				latitude: '={{ $json.latitude }}',
				longitude: '={{ $json.longitude }}',
			},
			body: { ...ANNA, latitude: 52.5, longitude: -13.4 },
		},
		{
			of: 'texts where switches and whole numbers are wanted',
			row: { ...ANNA, check: 'TRUE', seconds: '3600', pause: '0' },
			fields: {
				text: 'hi',
				additionalFields: {
					check_recipient: '={{ $json.check }}',
					expiration: '={{ $json.seconds }}',
					pause_seconds: '={{ $json.pause }}',
				},
			},
			body: {
				...ANNA,
				text: 'hi',
				check_recipient: true,
				expiration: 3_600,
				pause_seconds: 0,
			},
		},
		{
			of: 'numbers in groups of fields',
			row: { ...ANNA, id: 7, title: 8 },
			fields: {
				resource: 'interactive',
				operation: 'buttons',
				content_text: 'Well?',
				buttons: {
					values: [{ button_id: '={{ $json.id }}', display_text: '={{ $json.title }}' }],
				},
			},
			body: { ...ANNA, content_text: 'Well?', buttons: [{ button_id: '7', display_text: '8' }] },
		},
		{
			of: 'Unix times in seconds and in milliseconds',
			row: { ...ANNA, start: 1_893_456_000, end: 1_893_459_600_000 },
			fields: {
				operation: 'event',
				name: 'Lunch',
				start_time: '={{ $json.start }}',
				additionalFields: { end_time: '={{ $json.end }}' },
			},
			body: {
				...ANNA,
				name: 'Lunch',
				start_time: '2030-01-01T00:00:00.000Z',
				end_time: '2030-01-01T01:00:00.000Z',
			},
		},
		{
			of: 'what cannot be read as a number: the gateway says so',
			row: { ...ANNA, latitude: 'north', longitude: 1 },
			fields: {
				operation: 'location',
				latitude: '={{ $json.latitude }}',
				longitude: '={{ $json.longitude }}',
			},
			body: { ...ANNA, latitude: 'north', longitude: 1 },
		},
	]
	for (const { of, row, fields, body } of conversions)
		it(`is converted by the type of its field: ${of}`, async () => {
			const { request } = await sending({ resource: 'message', ...fields }, [row])
			assert.deepEqual(request?.body, body)
		})

	for (const more_fields of ['{bad', '[1]', '"text"', '7'])
		it(`is refused where it should be a JSON object: ${more_fields}`, async () => {
			const { request, error } = await sending({ text: 'hi', additionalFields: { more_fields } })
			assert.equal(request, undefined)
			assert.equal(error?.message, `More Fields is not a JSON object: ${more_fields}`)
		})

	it('is a list where each line is one', async () => {
		const { request } = await sending({
			resource: 'message',
			operation: 'poll',
			name: 'Which?',
			options: 'Red\n Green \n\nBlue, and more',
			additionalFields: { selectable_count: 1, mentions: '={{ ["491700000002"] }}' },
		})
		assert.deepEqual(request?.body, {
			...ANNA,
			name: 'Which?',
			options: ['Red', 'Green', 'Blue, and more'],
			selectable_count: 1,
			mentions: ['491700000002'],
		})
	})

	it('is a list of groups of fields, in each other, without what was left empty', async () => {
		const rows = [
			{ row_id: 'a', title: 'A', description: '' },
			{ row_id: 'b', title: 'B', description: 'The second' },
		]
		const { request } = await sending({
			resource: 'interactive',
			operation: 'list',
			title: 'Menu',
			description: 'Choose',
			button_text: 'Open',
			sections: { values: [{ title: 'One', rows: { values: rows } }] },
		})
		assert.deepEqual((request?.body as { sections: unknown }).sections, [
			{ title: 'One', rows: [{ row_id: 'a', title: 'A' }, rows[1]] },
		])
	})

	it('is one group of fields', async () => {
		const phones = { values: [{ number: '+49 170 1', phone_type: 'CELL' }] }
		const { request } = await sending({
			resource: 'contact',
			operation: 'contact',
			contact: { values: { display_name: 'John', phones, organization: '', email: '' } },
		})
		assert.deepEqual((request?.body as { contact: unknown }).contact, {
			display_name: 'John',
			phones: [{ number: '+49 170 1', phone_type: 'CELL' }],
		})
	})

	it('is a time on the clocks of the workflow, unless it names its time zone', async () => {
		const { request } = await sending({
			resource: 'message',
			operation: 'event',
			name: 'Lunch',
			start_time: '2030-07-01T12:00:00',
			additionalFields: { end_time: '2030-07-01T13:00:00+01:00' },
		})
		assert.partialDeepStrictEqual(request?.body, {
			start_time: '2030-07-01T10:00:00.000Z',
			end_time: '2030-07-01T13:00:00+01:00',
		})
	})

	it('may be JSON, for lists that an expression makes', async () => {
		const { request } = await sending({
			resource: 'interactive',
			operation: 'buttons',
			content_text: 'Well?',
			buttons: {},
			additionalFields: {
				more_fields:
					'={{ JSON.stringify({ buttons: [{ button_id: "y", display_text: "Yes" }] }) }}',
			},
		})
		const { buttons } = request?.body as { buttons: unknown }
		assert.deepEqual(buttons, [{ button_id: 'y', display_text: 'Yes' }])
	})

	it('sends a status to its audience only', async () => {
		const { request } = await sending({
			resource: 'status',
			operation: 'text',
			text: 'Open!',
			audience: '491700000002\n491700000003',
		})
		assert.deepEqual(request?.body, {
			to: 'status@broadcast',
			text: 'Open!',
			audience: ['491700000002', '491700000003'],
		})
	})

	const withPicture = {
		json: ANNA,
		binary: { picture: binaryFile(PNG, 'image/png', 'red.png') },
	}

	it('sends the file of a binary field as it is, beside the other fields', async () => {
		const { request } = await sending(
			{
				resource: 'media',
				operation: 'image',
				image_from: 'binary',
				image_binary: 'picture',
				caption: 'Red',
				additionalFields: { view_once: true },
			},
			[withPicture],
		)
		assert.match(request?.headers['content-type'] ?? '', /^multipart\/form-data; boundary=/)
		assert.equal(request?.headers['x-api-key'], 'key')
		assert.ok(request?.headers['idempotency-key'])
		assert.deepEqual(request?.body, {
			...ANNA,
			caption: 'Red',
			view_once: 'true',
			image: { name: 'red.png', type: 'image/png', bytes: PNG },
		})
	})

	it('sends a file from a URL by its address', async () => {
		const url = 'https://example.com/red.png'
		const { request } = await sending({
			resource: 'media',
			operation: 'image',
			image_from: 'url',
			image_url: url,
		})
		assert.deepEqual(request?.body, { ...ANNA, image: { url } })
	})

	it('sends the files of an album, each where it belongs', async () => {
		const url = 'https://example.com/2.mp4'
		const first = { image_from: 'binary', image_binary: 'picture', video_from: 'none' }
		const second = { image_from: 'none', video_from: 'url', video_url: url, caption: 'Two' }
		const { request } = await sending(
			{ resource: 'media', operation: 'album', items: { values: [first, second] } },
			[withPicture],
		)
		const { items, ...rest } = request?.body as Record<string, string>
		assert.deepEqual(JSON.parse(items ?? ''), [{}, { video: { url }, caption: 'Two' }])
		assert.deepEqual(rest, {
			...ANNA,
			'items.0.image': { name: 'red.png', type: 'image/png', bytes: PNG },
		})
	})

	it('sends a list of files, out of binary fields and from URLs', async () => {
		const url = 'https://example.com/2.jpg'
		const images = [
			{ file_from: 'binary', file_binary: 'picture' },
			{ file_from: 'url', file_url: url },
		]
		const said = { name: 'Umbrella', price: '5000', currency: 'EUR' }
		const product = { resource: 'catalog', operation: 'createProduct', ...said }
		const { request } = await sending({ ...product, images: { values: images } }, [withPicture])
		const { images: list, ...rest } = request?.body as Record<string, string>
		assert.deepEqual(JSON.parse(list ?? ''), [null, { url }])
		const picture = { name: 'red.png', type: 'image/png', bytes: PNG }
		assert.deepEqual(rest, { ...said, 'images.0': picture })
		gateway.requests.length = 0
		const { request: other } = await sending({ ...product, images: { values: images.slice(1) } })
		assert.deepEqual(other?.body, { ...said, price: 5000, images: [{ url }] })
	})

	it('names the binary fields of an item that lacks the requested one', async () => {
		const parameters = { resource: 'media', operation: 'image', image_binary: 'photo' }
		const { error, request } = await sending(parameters, [withPicture])
		assert.equal(request, undefined)
		assert.equal(error?.message, "The item has no binary field 'photo'. It has: picture.")
		const { error: none } = await sending(parameters)
		assert.match(none?.message ?? '', /It has no binary data at all/)
	})

	it('puts a downloaded file into a binary field, with its name and type', async () => {
		answer = () => ({
			status: 200,
			type: 'image/png',
			headers: { 'content-disposition': `attachment; filename="red.png"` },
			body: PNG,
		})
		const { run, request } = await sending({
			resource: 'media',
			operation: 'download',
			messageId: '3EB0/AB',
			binaryField: 'file',
		})
		assert.equal(request?.path, '/api/v1/sessions/main/media/3EB0%2FAB')
		const file = sent(run)[0]?.binary?.file
		assert.equal(file?.fileName, 'red.png')
		assert.equal(file?.mimeType, 'image/png')
		assert.equal(file?.data, PNG.toString('base64'))
	})

	it('asks for all numbers at once and hands on one item for each', async () => {
		const results = [{ phone: '4915112345678' }, { phone: '+49 151 7' }]
		answer = () => ({ status: 200, body: { results } })
		const asked = results.map(({ phone }) => phone)
		const fields = { resource: 'contact', operation: 'checkNumber', phones: asked.join('\n') }
		const { run, request } = await sending(fields)
		assert.equal(request?.path, '/api/v1/sessions/main/contacts/check')
		assert.deepEqual(request?.body, { phones: asked })
		assert.deepEqual(
			sent(run).map(({ json }) => json.phone),
			asked,
		)
	})

	it('hands on one item for each group', async () => {
		answer = () => ({ status: 200, body: { groups: [{ jid: '1' }, { jid: '2' }], total: 2 } })
		const { run } = await sending({ resource: 'group', operation: 'getAll' })
		assert.deepEqual(
			sent(run).map(({ json }) => json.jid),
			['1', '2'],
		)
	})
})
