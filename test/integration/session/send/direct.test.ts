import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { generateMessageIDV2, type BinaryNode, type proto } from '@whiskeysockets/baileys'
import { startSandbox, type Phone } from '../../../../gateway/src/sandbox/index.ts'
import type { Sandbox } from '../../../../gateway/src/sandbox/sandbox.ts'
import { lidOf, pnOf } from '../../../../gateway/src/sandbox/server/jids.ts'
import { sendDirect } from '../../../../gateway/src/session/send/direct/index.ts'
import { stanzaOf } from '../../../../gateway/src/session/send/stanza.ts'
import { BaileysClient } from '../../../support/baileys-client.ts'

/** Baileys' own way and ours, on one socket of plain Baileys: what leaves must be the same. */
let sandbox: Sandbox
let client: BaileysClient
let shop: Phone
let ayse: Phone
let second: BaileysClient

before(async () => {
	sandbox = await startSandbox()
	shop = sandbox.phone('491700000001', { name: 'Shop' })
	ayse = sandbox.phone('905320000002', { name: 'Ayşe' })
	client = await new BaileysClient(sandbox).link(shop)
	second = await new BaileysClient(sandbox).link(ayse)
	await ayse.says('hello', { to: shop })
	await client.receives('hello')
})
after(async () => {
	await client.end()
	await second.end()
	await sandbox.close()
})

type Way = (message: Sent) => Promise<unknown>
type Sent = {
	message_id: string
	to: string
	address: string
	type: string
	content: proto.IMessage
}

const byBaileys: Way = (message) =>
	client.socket.relayMessage(message.address, message.content, {
		messageId: message.message_id,
		...stanzaOf(message),
	})

async function directly(message: Sent): Promise<void> {
	const done = await sendDirect(client.socket, message, await lidFor(message.address))
	assert.equal(done, true, 'it takes the message')
}

const lidFor = async (jid: string) =>
	jid.endsWith('@lid')
		? jid
		: ((await client.socket.signalRepository.lidMapping.getLIDForPN(jid)) ?? undefined)

/** The stanza with which a message leaves. */
async function stanzaBy(way: Way, message: Sent): Promise<BinaryNode> {
	const { last } = sandbox.whatsapp.log
	await way(message)
	const { stanza } = await sandbox.whatsapp.log.waitFor(
		({ seq, direction, stanza: { tag, attrs } }) =>
			seq > last && direction === 'in' && tag === 'message' && attrs.id === message.message_id,
	)
	return stanza
}

const partsOf = ({ content }: BinaryNode) => (Array.isArray(content) ? content : [])

/** A stanza without what differs from one time to the other: ciphertexts, and Baileys' reporting token. */
function comparable({ tag, attrs, content }: BinaryNode): unknown {
	if (tag === 'enc') return { tag, attrs, content: content instanceof Uint8Array }
	if (content instanceof Uint8Array)
		return { tag, attrs, content: Buffer.from(content).toString('hex') }
	return {
		tag,
		attrs,
		content: Array.isArray(content)
			? content.filter(({ tag }) => tag !== 'reporting').map(comparable)
			: content,
	}
}

const withSecret = () => ({
	extendedTextMessage: { text: 'hi' },
	messageContextInfo: { messageSecret: randomBytes(32) },
})
const plain = (): proto.IMessage => ({ conversation: 'hi' })

/** What is sent, and to whom; what has to be so before. */
const cases: Record<
	string,
	{
		content?: () => proto.IMessage
		to?: () => string
		first?: () => Promise<unknown>
		has?: readonly string[]
		lacks?: () => string
	}
> = {
	'a text to a phone number': {},
	'a text to a LID': { to: () => lidOf(ayse.account) },
	'a text to oneself': { to: () => pnOf(shop.account) },
	'a text with a mention': {
		content: () => ({
			extendedTextMessage: { text: '@1', contextInfo: { mentionedJid: [lidOf(shop.account)] } },
		}),
	},
	'a text with a preview': {
		content: () => ({
			extendedTextMessage: { text: 'https://a.test', matchedText: 'https://a.test', title: 'A' },
		}),
	},
	'a text that disappears': {
		content: () => ({
			extendedTextMessage: { text: 'hi', contextInfo: { expiration: 86_400 } },
		}),
	},
	'a text that answers another': {
		content: () => ({
			extendedTextMessage: {
				text: 'hi',
				contextInfo: { stanzaId: 'A', quotedMessage: { conversation: 'what?' } },
			},
		}),
	},
	'a text with a secret': { content: () => withSecret() },
	'the first text to somebody': {
		to: () => pnOf(stranger().account),
		first: () => client.socket.getUSyncDevices([pnOf(stranger().account)], false, false),
		has: ['device-identity'],
	},
	'the first text to a LID': {
		to: () => lidOf(stranger().account),
		first: () => client.socket.getUSyncDevices([pnOf(stranger().account)], false, false),
		has: ['device-identity'],
	},
	'a text to somebody who has given a privacy token': {
		first: async () => {
			const told = { token: Buffer.from('token'), timestamp: String(Math.floor(Date.now() / 1000)) }
			client.socket.serverProps.privacyTokenOn1to1 = true
			await client.auth.keys.set({ tctoken: { [lidOf(ayse.account)]: told } })
		},
		has: ['tctoken'],
	},
	'a text of which one device cannot be told': {
		to: () => lidOf(ayse.account),
		first: async () => cannotEncryptFor(secondOfAyse()),
		lacks: () => secondOfAyse(),
	},
}
let made = 0
let known: Phone | undefined
/** Somebody new for each case. */
const stranger = () => (known ??= sandbox.phone(`4917000001${String(made++).padStart(2, '0')}`))

const secondOfAyse = () => `${ayse.account.lid}:1@lid`

let mend = () => {}
function cannotEncryptFor(wrong: string) {
	const { signalRepository } = client.socket
	const { encryptMessage } = signalRepository
	signalRepository.encryptMessage = async (asked) => {
		if (asked.jid === wrong) throw new Error('no session')
		return encryptMessage(asked)
	}
	mend = () => (signalRepository.encryptMessage = encryptMessage)
}

for (const [
	name,
	{ content = plain, to = () => pnOf(ayse.account), first, has = [], lacks },
] of Object.entries(cases))
	test(`${name} leaves as Baileys sends it`, async () => {
		known = undefined
		await first?.()
		const address = to()
		const id = generateMessageIDV2()
		const message = { message_id: id, to: address, address, type: 'text', content: content() }
		try {
			const expected = comparable(await stanzaBy(byBaileys, message))
			const actual = comparable(await stanzaBy(directly, message))
			assert.deepEqual(actual, expected)
			const text = JSON.stringify(expected)
			for (const tag of has) assert.ok(text.includes(`"tag":"${tag}"`), text)
			if (lacks) assert.ok(!text.includes(lacks()), text)
			else if (to() === lidOf(ayse.account)) assert.ok(text.includes(secondOfAyse()), text)
		} finally {
			mend()
		}
	})

test('a text with a secret has the reporting token that Baileys gives it when the padding allows', async () => {
	const address = pnOf(ayse.account)
	const message_id = generateMessageIDV2()
	const message = { message_id, to: address, address, type: 'text', content: withSecret() }
	const tokenBy = async (way: Way) => {
		const found = partsOf(await stanzaBy(way, message)).find(({ tag }) => tag === 'reporting')
		return found && JSON.stringify(comparable({ ...found, tag: 'token' }))
	}
	const ours = new Set([await tokenBy(directly), await tokenBy(directly)])
	assert.ok(ours.size === 1 && !ours.has(undefined), 'each has one, and the same')
	const theirs = new Set<string | undefined>()
	for (let n = 0; n < 48; n++) theirs.add(await tokenBy(byBaileys))
	assert.ok(theirs.has([...ours][0]), [...theirs].join())
})

test('a text of which no device can be told fails by either way', async () => {
	const { signalRepository } = client.socket
	const { encryptMessage } = signalRepository
	signalRepository.encryptMessage = async () => {
		throw new Error('no session')
	}
	const address = pnOf(ayse.account)
	const message = { message_id: 'A', to: address, address, type: 'text', content: plain() }
	for (const way of [byBaileys, directly])
		await assert.rejects(way(message), { message: 'All encryptions failed' })
	signalRepository.encryptMessage = encryptMessage
})

/** What is left to Baileys. */
const left: Record<string, [proto.IMessage, { audience?: string[]; lid?: undefined }?]> = {
	'a picture': [{ imageMessage: { url: 'https://a.test' } }],
	'a reaction': [{ reactionMessage: { text: '👍' } }],
	'an edit': [{ editedMessage: { message: { protocolMessage: {} } } }],
	'a text in a wrapper': [{ ephemeralMessage: { message: { conversation: 'hi' } } }],
	'a text beside something else': [{ conversation: 'hi', protocolMessage: {} }],
	'a status': [plain(), { audience: ['491700000001@s.whatsapp.net'] }],
	'a text to somebody whose LID is not known': [plain(), { lid: undefined }],
}
for (const [name, [content, other = {}]] of Object.entries(left))
	test(`${name} is left to Baileys`, async () => {
		const { last } = sandbox.whatsapp.log
		const address = pnOf(ayse.account)
		const { audience } = other
		const message = { message_id: 'A', to: address, address, type: 'text', content, audience }
		const lid = 'lid' in other ? undefined : lidOf(ayse.account)
		assert.equal(await sendDirect(client.socket, message, lid), false)
		assert.equal(sandbox.whatsapp.log.last, last, 'nothing has left')
	})

test('a text to somebody whose privacy token has expired is left to Baileys, which forgets it', async () => {
	const lid = lidOf(ayse.account)
	await client.auth.keys.set({ tctoken: { [lid]: { token: Buffer.from('old'), timestamp: '1' } } })
	const address = pnOf(ayse.account)
	const message = { message_id: 'A', to: address, address, type: 'text', content: plain() }
	assert.equal(await sendDirect(client.socket, message, lid), false)
})
