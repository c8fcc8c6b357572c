import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proto } from '@whiskeysockets/baileys'
import { messageFacts } from '../../../gateway/src/events/fields/message-facts.ts'
import { messageData } from '../../../gateway/src/events/types/message-received.ts'
import {
	contextInfoFields,
	messageContextInfoFields,
	type FieldPlace,
} from '../../../gateway/src/messages/facts/fields.ts'
import { messageTypes } from '../../../gateway/src/messages/index.ts'
import { receivedTypes } from '../../../gateway/src/messages/received/index.ts'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'
import { factsCases } from './support/facts-cases.ts'
import { fieldsOf } from './support/proto-fields.ts'

const places = (all: Record<string, FieldPlace>) =>
	Object.entries(all).flatMap(([name, place]) =>
		'carried' in place ? [[name, place.carried]] : [],
	)

const valueAt = (data: object, path: string) =>
	path.split('.').reduce<any>((value, step) => value?.[step], data)

test('every field around a message has its place, or a reason to be left out', () => {
	for (const [all, type] of [
		[contextInfoFields, proto.ContextInfo],
		[messageContextInfoFields, proto.MessageContextInfo],
	] as const) {
		assert.deepEqual(Object.keys(all).sort(), fieldsOf(type).sort())
		for (const place of Object.values<FieldPlace>(all))
			assert.ok('carried' in place ? place.carried : place.leftOut.endsWith('.'))
	}
})

test('what stands around a message is in its event', async (t) => {
	const { gateway, ada, owner } = await linkedGateway(t)
	const receiver = await openReceiver(t)
	await gateway.request('POST', '/api/v1/sessions/main/webhooks', { url: receiver.url })
	const unproven = new Map([
		...places(contextInfoFields).map(([name, path]) => [`info.${name}`, path!] as const),
		...places(messageContextInfoFields).map(([name, path]) => [`about.${name}`, path!] as const),
	])
	for (const { what, info = {}, about, says } of factsCases)
		await t.test(what, async () => {
			const id = await ada.sends(
				{ extendedTextMessage: { text: 'hi', contextInfo: info }, messageContextInfo: about },
				{ to: owner },
			)
			const { event } = await receiver.gets(({ event }) => event.data.message_id === id)
			const { message_id, chat, sender, from_me, timestamp, type, text, ...said } = event.data
			assert.deepEqual(said, { reply_to: null, ...says })
			assert.deepEqual(messageData.strict().parse(event.data), event.data)
			for (const [set, given] of [
				['info', info],
				['about', about ?? {}],
			] as const)
				for (const name of Object.keys(given)) {
					const path = unproven.get(`${set}.${name}`)
					if (path && valueAt(event.data, path) !== undefined) unproven.delete(`${set}.${name}`)
				}
		})
	assert.deepEqual([...unproven], [], 'each field that is carried has been seen in an event')
})

test('what stands around a message is called as no field of a type is', () => {
	const facts = Object.keys(messageFacts)
	for (const { type, schema } of [...messageTypes, ...receivedTypes])
		for (const field of Object.keys(schema.shape))
			assert.ok(!facts.includes(field), `${field} of ${type} would be hidden`)
})
