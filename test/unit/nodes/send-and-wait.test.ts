import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { INode, INodeParameters, INodePropertyOptions, IWebhookFunctions } from 'n8n-workflow'
import { messageTypes } from '../../../gateway/src/messages/index.ts'
import { packNodes } from '../../support/pack.ts'
import { problem, startRecorder, type Recorded, type Reply } from '../../support/recorder.ts'
import { answering, ask, askNode } from './harness.ts'

const require = createRequire(import.meta.url)
const { NodeHelpers } = require('n8n-workflow') as typeof import('n8n-workflow')
const { directory } = await packNodes()
const { answerItem } = require(join(directory, 'dist/nodes/WhatsAppSendAndWait/answer.js')) as {
	answerItem: (node: IWebhookFunctions, event: object, question: string) => Promise<any>
}

const { properties } = askNode.description

const nodeWith = (parameters: INodeParameters): INode => ({
	id: '1',
	name: 'Ask',
	type: 'whatsAppSendAndWait',
	typeVersion: 1,
	position: [0, 0],
	parameters: {
		to: { __rl: true, mode: 'phone', value: '+49 170 1234567' },
		...parameters,
	} as INodeParameters,
})

/** The names of the fields that n8n marks red. */
const markedIn = (parameters: INodeParameters): string[] => {
	const node = nodeWith(parameters)
	const { description } = askNode
	const filled = NodeHelpers.getNodeParameters(
		properties,
		node.parameters,
		true,
		false,
		node,
		description,
	)
	const withDefaults = nodeWith(filled ?? {})
	const issues = NodeHelpers.getNodeParametersIssues(properties, withDefaults, description)
	return Object.keys(issues?.parameters ?? {}).sort()
}

/** The options of the collection that n8n offers for these parameters. */
function offeredFor(kind: string): string[] {
	const options = properties.find(({ name }) => name === 'options')?.options ?? []
	const node = nodeWith({ kind })
	return options
		.filter((option) =>
			NodeHelpers.displayParameter(
				{},
				option as never,
				node,
				askNode.description,
				node.parameters as never,
			),
		)
		.map(({ name }) => name)
}

describe('The panel of Send and Wait', () => {
	const kinds = [
		{ kind: 'text', wanted: ['question'] },
		{ kind: 'poll', wanted: ['choices', 'question'] },
		{ kind: 'buttons', wanted: ['choices', 'question'] },
		{ kind: 'list', wanted: ['choices', 'question'] },
		{ kind: 'other', wanted: [] },
	]
	for (const { kind, wanted } of kinds)
		it(`marks what is required of a question by ${kind}`, () => {
			assert.deepEqual(markedIn({ kind }), wanted)
			const filled = { kind, question: 'Which?', choices: 'A\nB' }
			assert.deepEqual(markedIn(filled), [])
		})

	it('offers what has an effect on that kind of question', () => {
		const always = ['reactions', 'senders']
		assert.deepEqual(offeredFor('text').sort(), always)
		for (const kind of ['poll', 'buttons', 'other'])
			assert.deepEqual(offeredFor(kind).sort(), [...always, 'texts'].sort(), kind)
		const ofList = [...always, 'texts', 'listButton', 'listTitle']
		assert.deepEqual(offeredFor('list').sort(), ofList.sort())
	})

	it('lists the types of messages that can be sent, as they are defined', () => {
		const field = properties.find(({ name }) => name === 'messageType')
		assert.equal(field?.type, 'options')
		const values = (field.options as INodePropertyOptions[]).map(({ value }) => value)
		const known: string[] = messageTypes.map(({ type }) => type)
		assert.ok(values.length > 25)
		assert.deepEqual(
			values.filter((value) => !known.includes(String(value))),
			[],
		)
		for (const type of ['text', 'image', 'voice', 'location', 'poll', 'list', 'event'])
			assert.ok(values.includes(type), type)
		for (const type of ['react', 'revoke', 'buttons-response'])
			assert.ok(!values.includes(type), type)
	})
})

describe('A question', () => {
	const taps = [
		'buttons-response',
		'list-response',
		'interactive-response',
		'template-button-reply',
	]
	const votes = ['poll.vote', 'event.response']
	const cases = [
		{
			kind: 'text',
			message: { type: 'text', body: { text: 'Which?' } },
			events: ['message.received'],
			types: { on: undefined, off: undefined },
		},
		{
			kind: 'buttons',
			message: {
				type: 'buttons',
				body: { content_text: 'Which?', buttons: [{ display_text: 'A' }, { display_text: 'B' }] },
			},
			events: ['message.received'],
			types: { on: undefined, off: taps },
		},
		{
			kind: 'list',
			message: {
				type: 'list',
				body: {
					title: 'Please choose',
					description: 'Which?',
					button_text: 'Choose',
					sections: [{ title: '', rows: [{ title: 'A' }, { title: 'B' }] }],
				},
			},
			events: ['message.received'],
			types: { on: undefined, off: taps },
		},
		{
			kind: 'poll',
			message: {
				type: 'poll',
				body: { name: 'Which?', options: ['A', 'B'], selectable_count: 1 },
			},
			events: ['message.received', ...votes],
			eventsWithoutTexts: votes,
			types: { on: undefined, off: undefined },
		},
		{
			kind: 'other',
			message: { type: 'location', body: { latitude: 1, longitude: 2 } },
			events: ['message.received', ...votes],
			types: { on: undefined, off: taps },
		},
	]
	for (const { kind, message, events, eventsWithoutTexts = events, types } of cases)
		for (const texts of [true, false])
			it(`by ${kind} waits for its answers, texts ${texts ? 'too' : 'excepted'}`, async (t) => {
				const gateway = await startRecorder(({ method }) => ({
					status: method === 'DELETE' ? 204 : 200,
					body: { id: 'hook', message_id: '3EBASKED', to: '491@s.whatsapp.net' },
				}))
				t.after(() => gateway.stop())
				const parameters = {
					kind,
					question: 'Which?',
					choices: 'A\nB',
					messageType: 'location',
					messageFields: '{"latitude": 1, "longitude": 2}',
					options: { texts },
				}
				await ask({ baseUrl: gateway.url, parameters })
				const [made, sent, begun] = gateway.requests as Required<Recorded>[]
				const body = (request?: Recorded) => request?.body as Record<string, unknown>
				assert.deepEqual(body(made).events, texts ? events : eventsWithoutTexts)
				assert.equal(sent?.path, `/api/v1/sessions/main/messages/${message.type}`)
				assert.deepEqual(body(sent), { ...message.body, to: '491701234567' })
				const wanted = types[texts ? 'on' : 'off']
				assert.deepEqual(body(begun).filter, {
					chats: ['491@s.whatsapp.net'],
					answers_to: '3EBASKED',
					from_me: 'exclude',
					...(wanted && { types: wanted }),
				})
			})

	it('that is refused speaks of the fields of the panel, and leaves no webhook behind', async (t) => {
		const gateway = await startRecorder(({ path, method }) =>
			path.includes('/messages/')
				? problem(400, 'Not valid', '`options.1`: must not be empty.', 'invalid_request')
				: { status: method === 'DELETE' ? 204 : 200, body: { id: 'hook' } },
		)
		t.after(() => gateway.stop())
		const parameters = { kind: 'poll', question: 'Which?', choices: 'A\nB' }
		const { data } = await ask({ baseUrl: gateway.url, parameters })
		assert.equal(data.resultData.error?.message, 'Choices 2: must not be empty')
		assert.equal(gateway.requests.at(-1)?.method, 'DELETE')
	})
})

describe('A gateway that does not answer', () => {
	it('is named by its address', async () => {
		const baseUrl = 'http://127.0.0.1:1'
		const { data } = await ask({ baseUrl, parameters: { kind: 'text', question: 'Which?' } })
		assert.equal(data.resultData.error?.message, `The gateway at ${baseUrl} does not answer`)
	})
})

describe('An answer to Send and Wait', () => {
	const data = {
		message_id: '3EBANSWER',
		type: 'text',
		text: 'Friday',
		chat: { id: '491@s.whatsapp.net', phone: '491', name: 'Ada' },
		timestamp: 1_795_255_200,
	}
	const event = (more: object = {}) => ({
		id: 'evt_1',
		type: 'message.received',
		timestamp: '2026-11-21T10:00:00.000Z',
		session: 'main',
		data: { ...data, ...more },
	})

	it('names the message that asked as Send does, and the one that answered', async () => {
		const { json } = await answerItem(answering({ baseUrl: '' }), event(), '3EBASKED')
		assert.partialDeepStrictEqual(json, {
			answered: true,
			answer: 'Friday',
			message_id: '3EBASKED',
			answer_message_id: '3EBANSWER',
			chat_id: '491@s.whatsapp.net',
		})
		assert.ok(!('question' in json))
	})

	it('says that nobody answered', async () => {
		const { json } = await answerItem(
			answering({ baseUrl: '' }),
			{ ...event(), type: 'webhook.expired', data: {} },
			'3EBASKED',
		)
		assert.deepEqual(json, { answered: false, answer: null, message_id: '3EBASKED' })
	})

	const photo = { type: 'image', text: null, media: { size: 3, mimetype: 'image/png' } }
	const files: { of: string; reply: Reply; error: RegExp | undefined }[] = [
		{
			of: 'puts its file into a binary field',
			reply: {
				status: 200,
				type: 'image/png',
				headers: { 'content-disposition': 'attachment; filename="a.png"' },
				body: Buffer.from('abc'),
			},
			error: undefined,
		},
		{
			of: 'is kept without its file, if that is gone',
			reply: { status: 410, type: 'application/problem+json', body: '{"title":"Gone"}' },
			error: /^Gone/,
		},
	]
	for (const { of, reply, error } of files)
		it(of, async (t) => {
			const asked: Recorded[] = []
			const gateway = await startRecorder((request) => {
				asked.push(request)
				return reply
			})
			t.after(() => gateway.stop())
			const parameters = { downloadMedia: true, binaryField: 'photo' }
			const item = await answerItem(
				answering({ baseUrl: gateway.url, parameters }),
				event(photo),
				'1',
			)
			assert.equal(asked[0]?.path, '/api/v1/sessions/main/media/3EBANSWER')
			assert.equal(item.json.answered, true)
			if (error) assert.match(item.json.media_error, error)
			else assert.equal(Buffer.from(item.binary.photo.data, 'base64').toString(), 'abc')
		})
})
