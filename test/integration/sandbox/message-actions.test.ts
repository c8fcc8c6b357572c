import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import {
	decryptPollVote,
	generateWAMessageFromContent,
	normalizeMessageContent,
	proto,
	type WAMessage,
} from '@whiskeysockets/baileys'
import { startSandbox, type Phone } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { BaileysClient } from '../../support/baileys-client.ts'
import { until } from '../../support/wait.ts'
import { controlOf, type Control } from './support/control.ts'

const AYSE = '905320000002@s.whatsapp.net'
const SHOP = '491700000001@s.whatsapp.net'

let sandbox: Sandbox
let control: Control
let shop: Phone
let ayse: Phone
let client: BaileysClient
let group: string
const asked = new Map<string, WAMessage['message']>()

before(async () => {
	sandbox = await startSandbox({ servesControl: true })
	control = controlOf(sandbox)
	shop = sandbox.phone('491700000001', { name: 'Shop' })
	ayse = sandbox.phone('905320000002', { name: 'Ayşe' })
	group = ayse.createsGroup('Tea', [shop])
	client = new BaileysClient(sandbox, {
		getMessage: async ({ id }) => asked.get(id ?? '') ?? undefined,
	})
	await client.link(shop)
})
after(async () => {
	await client.end()
	await sandbox.close()
})

async function post(verb: string, body: object, status = 201): Promise<{ id: string }> {
	const answer = await control.post(`/phones/905320000002/${verb}`, body)
	const text = await answer.text()
	assert.equal(answer.status, status, text)
	return JSON.parse(text) as { id: string }
}
const inboxOf = async (phone: string) => {
	const { messages } = await control.get(`/phones/${phone}/messages`)
	return messages as Record<string, any>[]
}

const arrives = (what: string, fits: (content: proto.IMessage, message: WAMessage) => unknown) =>
	until(what, () =>
		client.messages.find((message) => {
			const content = normalizeMessageContent(message.message)
			return content && fits(content, message)
		}),
	)

/** Sends what Baileys has no own words for. @returns its id, once Ayşe has it */
async function sends(content: proto.IMessage, to = AYSE): Promise<string> {
	const full = generateWAMessageFromContent(to, proto.Message.fromObject(content), {
		userJid: client.socket.user!.id,
	})
	await client.socket.relayMessage(to, full.message!, { messageId: full.key.id! })
	await ayse.receives(({ id }) => id === full.key.id)
	return full.key.id!
}

test('a person reacts, and takes the reaction back', async () => {
	const id = await client.says(AYSE, 'nice?')
	await ayse.receives('nice?')
	const reactions: (string | null | undefined)[] = []
	client.socket.ev.on('messages.reaction', (told) => {
		for (const { key, reaction } of told)
			if (key.id === id && key.fromMe) reactions.push(reaction.text)
	})
	await post('react', { id, emoji: '👍' })
	await post('react', { id, emoji: '' })
	await until('both reactions', () => reactions.length === 2)
	assert.deepEqual(reactions, ['👍', ''])
})

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

for (const { where, chat, creator, voter } of [
	{ where: 'a chat', chat: () => AYSE, creator: () => SHOP, voter: () => AYSE },
	{
		where: 'a group',
		chat: () => group,
		creator: () => `${shop.account.lid}@lid`,
		voter: () => `${ayse.account.lid}@lid`,
	},
])
	test(`a person votes in ${where} and unmodified Baileys decrypts which option`, async () => {
		const poll = { name: 'Drink?', values: ['tea', 'coffee', 'water'], selectableCount: 2 }
		const sent = await client.socket.sendMessage(chat(), { poll })
		const id = sent!.key.id!
		await ayse.receives((entry) => entry.id === id)
		await post('vote', { id, options: ['tea', 'water'] })
		const vote = await arrives(
			'the vote',
			({ pollUpdateMessage }) => pollUpdateMessage?.pollCreationMessageKey?.id === id,
		)
		const { selectedOptions } = decryptPollVote(vote.message!.pollUpdateMessage!.vote!, {
			pollEncKey: sent!.message!.messageContextInfo!.messageSecret!,
			pollCreatorJid: creator(),
			pollMsgId: id,
			voterJid: voter(),
		})
		assert.deepEqual(
			selectedOptions.map((hash) => Buffer.from(hash).toString('hex')),
			[sha256('tea'), sha256('water')],
		)
	})

test('a phone shows which options others have chosen, in words', async () => {
	const pollCreationMessage = {
		name: 'Cake?',
		options: [{ optionName: 'yes' }, { optionName: 'no' }],
		selectableOptionsCount: 1,
	}
	const { id } = await post('messages', { to: group, message: { pollCreationMessage } })
	await shop.receives((entry) => entry.id === id)
	await shop.votes(id, ['no'])
	const vote = await ayse.receives((entry) => entry.vote?.poll === id)
	assert.deepEqual(vote.vote!.options, ['no'])
	const own = (await inboxOf('905320000002')).find((entry) => entry.id === vote.id)
	assert.deepEqual(own?.vote, { poll: id, options: ['no'] })
})

test('an option that a poll does not have cannot be chosen', async () => {
	const poll = { name: 'Sure?', values: ['yes', 'no'] }
	const { key } = (await client.socket.sendMessage(AYSE, { poll }))!
	await ayse.receives((entry) => entry.id === key.id)
	await post('vote', { id: key.id, options: ['maybe'] }, 409)
	await post('vote', { id: 'nothing', options: [] }, 409)
})

test('a person answers an event of a group, and Baileys reads the answer', async () => {
	const event = { name: 'Party', startDate: new Date(Date.now() + 86_400_000) }
	const sent = await client.socket.sendMessage(group, { event })
	asked.set(sent!.key.id!, sent!.message)
	await ayse.receives((entry) => entry.id === sent!.key.id)
	await post('respond', { id: sent!.key.id, response: 'going' })
	const update = await until('the response', () =>
		client.updates.find(
			({ key, update: { eventResponses } }) => key.id === sent!.key.id && eventResponses,
		),
	)
	const { GOING } = proto.Message.EventResponseMessage.EventResponseType
	const [first] = update.update.eventResponses as { response: { response: number } }[]
	assert.equal(first!.response.response, GOING)
})

test('a person edits and deletes what they have written', async () => {
	const { id } = await post('messages', { to: SHOP, text: 'tpyo' })
	await client.receives('tpyo')
	await post('edit', { id, text: 'typo', sealed: false })
	const edited = await until('the edit', () =>
		client.updates.find(({ key, update }) => key.id === id && update.message?.editedMessage),
	)
	assert.equal(edited.update.message!.editedMessage!.message!.conversation, 'typo')
	await post('delete', { id })
	await until('the deletion', () =>
		client.updates.find(({ key, update }) => key.id === id && update.message === null),
	)
	await post('edit', { id: await client.says(AYSE, 'not yours'), text: 'mine' }, 409)
})

test('a person replies to a message', async () => {
	const id = await client.says(AYSE, 'question')
	await ayse.receives('question')
	await post('messages', { to: SHOP, text: 'answer', reply_to: id })
	const { message } = await client.receives('answer')
	const { stanzaId, participant, quotedMessage } = message!.extendedTextMessage!.contextInfo!
	assert.equal(stanzaId, id)
	assert.equal(participant, SHOP)
	assert.equal(quotedMessage!.extendedTextMessage?.text ?? quotedMessage!.conversation, 'question')
})

test('a person pins and keeps a message', async () => {
	const id = await client.says(AYSE, 'important')
	await ayse.receives('important')
	await post('pin', { id, seconds: 3600 })
	const pin = await arrives('the pin', ({ pinInChatMessage }) => pinInChatMessage?.key?.id === id)
	assert.equal(pin.message!.messageContextInfo!.messageAddOnDurationInSecs, 3600)
	await post('keep', { id })
	await arrives('the keep', ({ keepInChatMessage }) => keepInChatMessage?.key?.id === id)
})

test('a person presses a button of each kind, and chooses from lists', async () => {
	const buttons = await sends({
		buttonsMessage: {
			contentText: 'Pay?',
			buttons: [{ buttonId: 'b1', buttonText: { displayText: 'Yes' }, type: 1 }],
		},
	})
	await post('tap', { id: buttons, button: 'Yes' })
	await arrives(
		'the plain button',
		({ buttonsResponseMessage: said }) => said?.selectedButtonId === 'b1',
	)

	const template = await sends({
		templateMessage: {
			hydratedTemplate: {
				hydratedContentText: 'Pay?',
				hydratedButtons: [{ index: 1, quickReplyButton: { id: 't1', displayText: 'Yes' } }],
			},
		},
	})
	await post('tap', { id: template, button: 't1' })
	await arrives(
		'the template button',
		({ templateButtonReplyMessage: said }) => said?.selectedId === 't1',
	)

	const sections = [{ title: 'Sizes', rows: [{ id: 'm1', title: 'Small' }] }]
	const flow = await sends({
		viewOnceMessage: {
			message: {
				interactiveMessage: {
					body: { text: 'Pay?' },
					nativeFlowMessage: {
						buttons: [
							{
								name: 'quick_reply',
								buttonParamsJson: JSON.stringify({ id: 'q1', display_text: 'Yes' }),
							},
							{
								name: 'single_select',
								buttonParamsJson: JSON.stringify({ title: 'Size', sections }),
							},
						],
					},
				},
			},
		},
	})
	const chosen = (id: string) => (content: proto.IMessage) =>
		content.interactiveResponseMessage?.nativeFlowResponseMessage?.paramsJson ===
		JSON.stringify({ id })
	await post('tap', { id: flow, button: 'Yes' })
	await arrives('the flow button', chosen('q1'))
	await post('pick', { id: flow, row: 'Small' })
	await arrives('the menu row', chosen('m1'))

	const list = await sends({
		listMessage: {
			title: 'Sizes',
			buttonText: 'Open',
			listType: 1,
			sections: [{ title: 'All', rows: [{ rowId: 'r1', title: 'Big' }] }],
		},
	})
	await post('pick', { id: list, row: 'Big' })
	const picked = await arrives(
		'the row',
		({ listResponseMessage: said }) => said?.singleSelectReply?.selectedRowId === 'r1',
	)
	assert.equal(picked.message!.listResponseMessage!.contextInfo!.stanzaId, list)
	await post('tap', { id: list, button: 'Big' }, 409)
})

test('any message of WhatsApp can be written as JSON, and a misspelt one is refused', async () => {
	const thumbnail = Buffer.from([0, 255, 1]).toString('base64')
	const locationMessage = { degreesLatitude: 41, degreesLongitude: 29, jpegThumbnail: thumbnail }
	await post('messages', { to: SHOP, message: { locationMessage } })
	const { message } = await arrives('the place', (content) => content.locationMessage)
	assert.deepEqual([...message!.locationMessage!.jpegThumbnail!], [0, 255, 1])
	await post('messages', { to: SHOP, message: { locatoinMessage: {} } }, 400)
})
