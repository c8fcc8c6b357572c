import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { proto } from '@whiskeysockets/baileys'
import type { ReceivedDefinition } from '../../../gateway/src/messages/define.ts'
import { receivedTypes } from '../../../gateway/src/messages/received/index.ts'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'
import { uploaded } from './support/conversation.ts'
import { receivedCases } from './support/received-cases.ts'

const definitions: readonly ReceivedDefinition[] = receivedTypes

test('what only others send is an event with its fields, and is read where it is quoted', async (t) => {
	const { gateway, ada, owner } = await linkedGateway(t)
	const receiver = await openReceiver(t)
	await gateway.request('POST', '/api/v1/sessions/main/webhooks', {
		url: receiver.url,
		events: ['message.received'],
	})
	const gets = async (message: proto.IMessage) => {
		const id = await ada.sends(message, { to: owner })
		const { event } = await receiver.gets(({ event }) => event.data.message_id === id)
		const { message_id, chat, sender, from_me, timestamp, reply_to, media, ...said } = event.data
		return { media, said }
	}
	for (const { type } of definitions)
		assert.ok(
			receivedCases.some(({ event }) => event.type === type),
			`${type} has no case`,
		)
	for (const { what, receive, event } of receivedCases)
		await t.test(what, async () => {
			const { said } = await gets(receive)
			assert.deepEqual(said, event)
			const { type, text } = said
			definitions
				.find((known) => known.type === type)
				?.schema.strict()
				.parse(described(said))
			const contextInfo = { stanzaId: 'B1', participant: '1@lid', quotedMessage: receive }
			const answer = await gets({ extendedTextMessage: { text: 'this?', contextInfo } })
			assert.deepEqual([answer.said.quoted.type, answer.said.quoted.text], [type, text])
		})
	await t.test('the image above a template is a file of the message', async () => {
		const image = { imageMessage: uploaded.sent, hydratedContentText: 'New!' }
		for (const template of [
			{ hydratedTemplate: image },
			{ hydratedFourRowTemplate: image },
			{ interactiveMessageTemplate: { header: image, body: { text: 'New!' } } },
			{
				interactiveMessageTemplate: { carouselMessage: { cards: [{}, { header: image }] } },
			},
		]) {
			const { media } = await gets({ templateMessage: template })
			assert.deepEqual([media.mimetype, media.size], ['image/jpeg', 12345])
			assert.ok(media.url)
		}
	})
})

/** The fields of its type alone: `text` is one of them if the type has it. */
function described({ type, text, ...fields }: Record<string, unknown>) {
	const { schema } = definitions.find((known) => known.type === type)!
	return { ...fields, ...('text' in schema.shape && text !== null && { text }) }
}
