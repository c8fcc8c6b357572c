import assert from 'node:assert/strict'
import { createDecipheriv, hkdfSync } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { normalizeMessageContent, proto, type WAMessage } from '@whiskeysockets/baileys'
import { startSandbox, type Phone } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { BaileysClient } from '../../support/baileys-client.ts'
import { until } from '../../support/wait.ts'
import { controlOf, type Control } from './support/control.ts'

const AYSE = '905320000002'
const SHOP_JID = '491700000001@s.whatsapp.net'
const { Message } = proto
const { SecretEncType } = Message.SecretEncryptedMessage

describe('what a person seals with the secret of a message', () => {
	let sandbox: Sandbox
	let control: Control
	let shop: Phone
	let ayse: Phone
	let client: BaileysClient
	let groups: { lid: string; pn: string }

	before(async () => {
		sandbox = await startSandbox({ servesControl: true })
		control = controlOf(sandbox)
		shop = sandbox.phone('491700000001', { name: 'Shop' })
		ayse = sandbox.phone(AYSE, { name: 'Ayşe' })
		client = await new BaileysClient(sandbox).link(shop)
		groups = {
			lid: ayse.createsGroup('Tea', [shop], { addressing: 'lid' }),
			pn: ayse.createsGroup('Coffee', [shop], { addressing: 'pn' }),
		}
	})
	after(async () => {
		await client.end()
		await sandbox.close()
	})

	async function post(verb: string, body: object, status = 201): Promise<string> {
		const answer = await control.post(`/phones/${AYSE}/${verb}`, body)
		const text = await answer.text()
		assert.equal(answer.status, status, text)
		return status === 201 ? (JSON.parse(text) as { id: string }).id : text
	}
	const arrives = (id: string): Promise<WAMessage> =>
		until(`message ${id}`, () =>
			client.messages.find(({ key, message }) => key.id === id && message),
		)

	type Envelope = { encIv?: Uint8Array | null; encPayload?: Uint8Array | null }

	/** As WhatsApp's clients open it: no additional data, and the names that the chat uses. */
	function open(target: WAMessage, purpose: string, jid: string, sealed: Envelope): Buffer {
		const secret = target.message!.messageContextInfo!.messageSecret!
		const info = target.key.id! + jid + jid + purpose
		const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(32), info, 32))
		const decipher = createDecipheriv('aes-256-gcm', key, sealed.encIv!)
		decipher.setAuthTag(sealed.encPayload!.subarray(-16))
		return Buffer.concat([decipher.update(sealed.encPayload!.subarray(0, -16)), decipher.final()])
	}

	const eventMessage = { name: 'Party', startTime: 1_900_000_000, description: 'with cake' }
	const kinds = {
		'an edit': {
			of: { text: 'first version' },
			act: (id: string) => post('edit', { id, text: 'second version' }),
			envelope: ({ secretEncryptedMessage: sealed }: proto.IMessage) =>
				sealed?.secretEncType === SecretEncType.MESSAGE_EDIT ? sealed : undefined,
			purpose: 'Message Edit',
			check: (plain: Buffer, id: string) => {
				const { protocolMessage } = Message.decode(plain)
				assert.equal(protocolMessage!.type, Message.ProtocolMessage.Type.MESSAGE_EDIT)
				assert.equal(protocolMessage!.key!.id, id)
				assert.equal(protocolMessage!.editedMessage!.conversation, 'second version')
				assert.ok(Number(protocolMessage!.timestampMs) > 0)
			},
			attrs: { type: 'text', edit: '1' },
		},
		'an edit of an event': {
			of: { message: { eventMessage } },
			act: (id: string) => post('edit-event', { id, name: 'Big party', canceled: true }),
			envelope: ({ secretEncryptedMessage: sealed }: proto.IMessage) =>
				sealed?.secretEncType === SecretEncType.EVENT_EDIT ? sealed : undefined,
			purpose: 'Event Edit',
			check: (plain: Buffer) => {
				const { name, description, isCanceled } = Message.decode(plain).eventMessage!
				assert.deepEqual([name, description, isCanceled], ['Big party', 'with cake', true])
			},
			attrs: { type: 'event', edit: '1' },
		},
		'a reaction': {
			of: { text: 'nice?' },
			act: (id: string) => post('react', { id, emoji: '👍', sealed: true }),
			envelope: ({ encReactionMessage }: proto.IMessage) => encReactionMessage,
			purpose: 'Enc Reaction',
			check: (plain: Buffer) => {
				const { text, key } = Message.ReactionMessage.decode(plain)
				assert.deepEqual([text, key ?? undefined], ['👍', undefined])
			},
			attrs: { type: 'reaction', edit: undefined },
		},
		'a comment': {
			of: { text: 'news' },
			act: (id: string) => post('comment', { id, text: 'great news' }),
			envelope: ({ encCommentMessage }: proto.IMessage) => encCommentMessage,
			purpose: 'Enc Comment',
			check: (plain: Buffer) => {
				assert.equal(Message.decode(plain).extendedTextMessage!.text, 'great news')
			},
			attrs: { type: 'text', edit: undefined },
		},
	}
	const chats = {
		'a chat': { to: () => SHOP_JID, jid: () => `${AYSE}@s.whatsapp.net` },
		'a group with LIDs': { to: () => groups.lid, jid: () => `${ayse.account.lid}@lid` },
		'a group with numbers': { to: () => groups.pn, jid: () => `${AYSE}@s.whatsapp.net` },
	}

	for (const [kind, { of, act, envelope, purpose, check, attrs }] of Object.entries(kinds))
		for (const [where, { to, jid }] of Object.entries(chats))
			test(`${kind} in ${where} can be read with it, and by the phones that have the message`, async () => {
				const target = await post('messages', { to: to(), ...of })
				const known = await arrives(target)
				const id = await act(target)
				const { key, message } = await arrives(id)
				const sealed = envelope(normalizeMessageContent(message)!)
				assert.equal(sealed!.targetMessageKey!.id, target)
				check(open(known, purpose, jid(), sealed!), target)
				const { stanza } = await sandbox.whatsapp.log.waitFor(
					({ direction, stanza }) => direction === 'out' && stanza.attrs.id === key.id,
				)
				assert.deepEqual({ type: stanza.attrs.type, edit: stanza.attrs.edit }, attrs)
				const read = await shop.receives((entry) => entry.id === id)
				assert.notEqual(read.opened, undefined)
			})

	test('in a chat with a person who is known by a LID bears that LID', async () => {
		const hidden = sandbox.phone('12025550100', { name: 'Hidden', addressing: 'lid' })
		const target = await hidden.says('first version', { to: shop })
		const known = await arrives(target)
		const { message } = await arrives(await hidden.edits(target, 'second'))
		const { secretEncryptedMessage } = message!
		const plain = open(known, 'Message Edit', `${hidden.account.lid}@lid`, secretEncryptedMessage!)
		assert.equal(Message.decode(plain).protocolMessage!.editedMessage!.conversation, 'second')
	})

	test('is shown by the control API of a phone that has read it', async () => {
		const target = await post('messages', { to: SHOP_JID, text: 'tpyo' })
		const id = await post('edit', { id: target, text: 'typo', sealed: true })
		await shop.receives((entry) => entry.id === id)
		const { messages } = await control.get('/phones/491700000001/messages')
		const shown = messages.find((entry: { id: string }) => entry.id === id)
		assert.equal(shown.opened.protocolMessage.editedMessage.conversation, 'typo')
	})

	test('cannot be an edit of what somebody else has written, or of no event', async () => {
		const theirs = await client.says(`${AYSE}@s.whatsapp.net`, 'not yours')
		await ayse.receives('not yours')
		await post('edit', { id: theirs, text: 'mine', sealed: true }, 409)
		await post('edit-event', { id: theirs, name: 'mine' }, 409)
		const text = await post('messages', { to: SHOP_JID, text: 'no event' })
		assert.match(await post('edit-event', { id: text, name: 'event' }, 409), /not an event/)
	})
})
