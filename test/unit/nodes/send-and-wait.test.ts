import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { INode, INodeParameters, INodePropertyOptions } from 'n8n-workflow'
import { messageTypes } from '../../../gateway/src/messages/index.ts'
import { packNodes } from '../../support/pack.ts'
import { startRecorder, type Recorded, type Reply } from '../../support/recorder.ts'
import { askNode } from './harness.ts'

const require = createRequire(import.meta.url)
const { NodeHelpers } = require('n8n-workflow') as typeof import('n8n-workflow')
const { directory } = await packNodes()
const shared = (name: string) => require(join(directory, 'dist/nodes', name))
const { answerItem } = shared('WhatsAppSendAndWait/answer.js')

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
		assert.deepEqual(offeredFor('buttons').sort(), always)
		assert.deepEqual(offeredFor('poll').sort(), [...always, 'texts'].sort())
		assert.deepEqual(offeredFor('list').sort(), [...always, 'listButton', 'listTitle'].sort())
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

/** n8n's context of a webhook, with this gateway. */
function contextOf(url: string, parameters: Record<string, unknown>) {
	return {
		getNode: () => nodeWith({}),
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
		getCredentials: async () => ({ baseUrl: url }),
		helpers: {
			async httpRequestWithAuthentication(_: string, request: Record<string, string>) {
				const response = await fetch(`${request.baseURL}${request.url}`)
				const headers = Object.fromEntries(response.headers)
				const body = Buffer.from(await response.arrayBuffer())
				return { statusCode: response.status, headers, body }
			},
			prepareBinaryData: async (bytes: Buffer, fileName: string, mimeType: string) => ({
				data: bytes.toString('base64'),
				fileName,
				mimeType,
			}),
		},
	}
}

describe('What a node asks the gateway besides the requests of items', () => {
	it('names the address of a gateway that does not answer', async () => {
		const context = contextOf('http://127.0.0.1:1', {})
		const asked = askNode.methods?.listSearch?.searchSessions?.call(context as never)
		await assert.rejects(asked as Promise<unknown>, {
			message: 'The gateway at http://127.0.0.1:1 does not answer',
		})
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
		const { json } = await answerItem(contextOf('', {}), event(), '3EBASKED')
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
			contextOf('', {}),
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
			const item = await answerItem(contextOf(gateway.url, parameters), event(photo), '1')
			assert.equal(asked[0]?.path, '/api/v1/sessions/main/media/3EBANSWER')
			assert.equal(item.json.answered, true)
			if (error) assert.match(item.json.media_error, error)
			else assert.equal(Buffer.from(item.binary.photo.data, 'base64').toString(), 'abc')
		})
})
