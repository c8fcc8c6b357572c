import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { INodeProperties } from 'n8n-workflow'
import { messageExample } from '../../../gateway/src/events/types/message-received.ts'
import { eventTypes } from '../../../gateway/src/events/index.ts'
import { messageTypes, readTypes } from '../../../gateway/src/messages/index.ts'
import { receivedTypes } from '../../../gateway/src/messages/received/index.ts'
import { openGateway } from '../../support/gateway/gateway.ts'
import { packNodes } from '../../support/pack.ts'
import { triggerNode } from './harness.ts'

const { directory } = await packNodes()
const { simple } = createRequire(import.meta.url)(
	join(directory, 'dist/nodes/shared/events.js'),
) as typeof import('../../../dist/nodes/shared/events.js')

const parameter = (name: string): INodeProperties => {
	const found = triggerNode.description.properties.find((property) => property.name === name)
	assert.ok(found, `there is no parameter ${name}`)
	return found
}

const valuesOf = ({ options = [] }: INodeProperties): unknown[] =>
	options.map((option) => ('value' in option ? option.value : option.name))

describe('WhatsApp Trigger', () => {
	it('offers every event and every filter of the gateway', async (t) => {
		const gateway = await openGateway(t as never)
		const { body } = await gateway.request('GET', '/openapi.json')
		const told = Object.keys(body.webhooks).filter((type) => !type.startsWith('webhook.'))
		assert.deepEqual([...valuesOf(parameter('events'))].sort(), told.sort())
		const { schema } =
			body.paths['/api/v1/sessions/{session}/webhooks'].post.requestBody.content['application/json']
		// Made by WhatsApp Send and Wait, which alone knows what was asked.
		const filters = Object.keys(schema.properties.filter.properties).filter(
			(name) => name !== 'answers_to',
		)
		assert.deepEqual([...valuesOf(parameter('filters'))].sort(), filters.sort())
	})

	it('makes an event a flat item', () => {
		const { chat, sender, ...data } = messageExample
		const event = {
			id: 'evt_1',
			type: 'message.received',
			timestamp: '2026-11-21T12:00:00.000Z',
			session: 'main',
			data: { ...data, chat: { ...chat, id: '1203@g.us', name: 'Ours' }, sender },
		}
		assert.deepEqual(simple(event as never), {
			...data,
			event: 'message.received',
			event_id: 'evt_1',
			session: 'main',
			timestamp: new Date(data.timestamp * 1000).toISOString(),
			chat_id: '1203@g.us',
			chat_name: 'Ours',
			chat_kind: 'group',
			sender_id: sender.id,
			sender_name: sender.name,
			phone: sender.phone,
		})
	})

	it('makes an event of no chat a flat item too', () => {
		const event = {
			id: 'evt_2',
			type: 'session.status',
			timestamp: '2026-11-21T12:00:00.000Z',
			session: 'main',
			data: { status: 'open', last_disconnect: null },
		}
		const { type, id, data, ...same } = event
		assert.deepEqual(simple(event), { ...same, ...data, event: type, event_id: id })
	})
	it('puts what people look for first', () => {
		const event = {
			id: 'evt_1',
			type: 'message.received',
			timestamp: '2026-11-21T12:00:00.000Z',
			session: 'main',
			data: messageExample,
		}
		const first = ['event', 'chat_id', 'text', 'type', 'sender_name', 'phone', 'event_id']
		assert.deepEqual(Object.keys(simple(event as never)).slice(0, first.length), first)
	})

	it('offers every message type that an event can have', () => {
		const types = parameter('filters').options?.find(({ name }) => name === 'types')
		const offered = valuesOf(types as INodeProperties)
		assert.deepEqual([...offered].sort(), readTypes.map(({ type }) => type).sort())
	})

	it('hides nothing that an event or a message says', () => {
		const named = [
			...eventTypes.map(({ type, example }) => ({ type, fields: Object.keys(example) })),
			...[...messageTypes, ...receivedTypes].map(({ type, schema }) => ({
				type,
				fields: Object.keys(schema.shape),
			})),
		]
		for (const { type, fields } of named) {
			const data = Object.fromEntries(fields.map((field) => [field, `the ${field}`]))
			for (const own of ['chat', 'sender', 'timestamp']) delete data[own]
			const event = {
				id: 'evt_3',
				type,
				timestamp: '2026-11-21T12:00:00.000Z',
				session: 'main',
				data,
			}
			const item = simple(event as never)
			const { event: name, ...others } = data
			assert.deepEqual(
				item,
				{
					...others,
					...(name !== undefined && { event_name: name }),
					event: type,
					event_id: 'evt_3',
					session: 'main',
					timestamp: event.timestamp,
				},
				type,
			)
		}
	})
})
