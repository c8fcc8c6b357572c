import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'
import { uploaded } from './support/conversation.ts'

const MESSAGES = '/api/v1/sessions/main/messages'
const START = '2030-01-31T12:00:00Z'

/** Messages that the others are about. */
type Earlier = Record<'ours' | 'theirs' | 'poll' | 'event', string>
type Names = Record<'ada' | 'owner', { phone: string; lid: string }>
type AboutPeople = {
	type: string
	body: (earlier: Earlier, names: Names) => object
	/** How often people stand in it; @default 1 */
	count?: number
	/** Not in chats of two, where nobody has to be named. */
	groupsOnly?: boolean
}

/** Every way in which a message names people. */
const cases: Record<string, AboutPeople> = {
	'a reply to our own message': { type: 'text', body: replyTo('ours') },
	"a reply to somebody else's message": { type: 'text', body: replyTo('theirs') },
	'mentions by phone number': {
		type: 'text',
		body: (_, { ada, owner }) => ({
			text: `hi @${ada.phone} and @+${owner.phone}`,
			mentions: [`+${ada.phone}`, owner.phone],
		}),
		count: 2,
	},
	'mentions by LID': {
		type: 'text',
		body: (_, { ada, owner }) => ({
			text: `hi @${ada.lid} and @${owner.phone}`,
			mentions: [`${ada.lid}@lid`, `${owner.lid}@lid`],
		}),
		count: 2,
	},
	'a mention in a caption, in a reply': {
		type: 'image',
		body: ({ theirs }, { ada }) => ({
			image: uploaded.given,
			caption: `@${ada.phone}`,
			mentions: [ada.phone],
			reply_to: theirs,
		}),
		count: 2,
	},
	'a mention in a poll': {
		type: 'poll',
		body: (_, { ada }) => ({
			name: `@${ada.phone}?`,
			options: ['a', 'b'],
			mentions: [ada.phone],
		}),
	},
	'an edit with a mention': {
		type: 'edit',
		body: ({ ours }, { ada }) => ({
			message_id: ours,
			text: `edited for @${ada.phone}`,
			mentions: [ada.phone],
		}),
		// The other one is in the key of the message.
		count: 2,
	},
	'a reaction to our own message': about('react', 'message_id', 'ours', { emoji: '👍' }),
	"a reaction to somebody else's message": about('react', 'message_id', 'theirs', { emoji: '👍' }),
	'a pin': about('pin', 'message_id', 'theirs'),
	'a keep of our own message': about('keep', 'message_id', 'ours'),
	'a comment': about('comment', 'target_message_id', 'theirs', { text: 'nice' }),
	'a vote in our own poll': about('poll-update', 'poll_message_id', 'poll', {
		selected_options: ['a'],
	}),
	'a response to our own event': about('event-response', 'event_message_id', 'event', {
		response: 'going',
	}),
	'a deletion of our own message': about('revoke', 'message_id', 'ours'),
}

function replyTo(which: keyof Earlier) {
	return (earlier: Earlier) => ({ text: 'an answer', reply_to: earlier[which] })
}

function about(type: string, field: string, which: keyof Earlier, more: object = {}): AboutPeople {
	return {
		type,
		body: (earlier) => ({ [field]: earlier[which], ...more }),
		groupsOnly: true,
	}
}

const chats = [
	{ name: 'a group with phone numbers', isGroup: true, addressing: 'pn' },
	{ name: 'a group with LIDs', isGroup: true, addressing: 'lid' },
	{ name: 'a chat by phone number', isGroup: false, addressing: 'pn' },
	{ name: 'a chat by LID', isGroup: false, addressing: 'lid' },
] as const

test('people inside a message go by the names that the chat uses', async (t) => {
	const { gateway, ada, owner } = await linkedGateway(t)
	const receiver = await openReceiver(t)
	const hook = { url: receiver.url, events: ['message.received'] }
	await gateway.request('POST', '/api/v1/sessions/main/webhooks', hook)
	const names: Names = { ada: namesOf(ada), owner: namesOf(owner) }

	async function send(type: string, to: string, body: object): Promise<string> {
		const sent = await gateway.request('POST', `${MESSAGES}/${type}`, { to, ...body })
		assert.equal(sent.status, 200, `${type}: ${sent.text}`)
		return sent.body.message_id
	}
	const arrives = async (id: string) =>
		(await ada.receives((entry) => entry.id === id && entry.message !== undefined)).message!

	for (const { name, isGroup, addressing } of chats) {
		const group = isGroup && ada.createsGroup(name, [owner], { addressing })
		const to = group || (addressing === 'lid' ? `${names.ada.lid}@lid` : names.ada.phone)
		const theirs = await ada.says('hi', { to: group || owner })
		await receiver.gets(({ event }) => event.data.message_id === theirs)
		for (const [what, { type, body, count = 1, groupsOnly }] of Object.entries(cases)) {
			if (groupsOnly && !isGroup) continue
			await t.test(`${name}: ${what}`, async () => {
				const question = { name: 'Which?', options: ['a', 'b'] }
				const earlier: Earlier = {
					theirs,
					ours: await send('text', to, { text: 'ours' }),
					poll: await send('poll', to, question),
					event: await send('event', to, { name: 'Lunch', start_time: START }),
				}
				const text = JSON.stringify(await arrives(await send(type, to, body(earlier, names))))
				const named = text.match(/\d+@(lid|s\.whatsapp\.net)/g) ?? []
				const server = addressing === 'lid' ? 'lid' : 's.whatsapp.net'
				assert.deepEqual(
					named.filter((jid) => !jid.endsWith(`@${server}`)),
					[],
					text,
				)
				assert.equal(named.length, count, text)
				const shown = text.match(/(?<=@)\+?\d{8,}/g) ?? []
				const allowed = Object.values(names).map(({ phone, lid }) =>
					addressing === 'lid' ? lid : phone,
				)
				assert.deepEqual(
					shown.filter((user) => !allowed.includes(user)),
					[],
					text,
				)
			})
		}
		if (group)
			await t.test(`${name}: the parts of an album name it`, async () => {
				const items = [{ image: uploaded.given }, { image: uploaded.given }]
				const id = await send('album', to, { items })
				const part = await ada.receives(({ message }) => {
					const key = message?.messageContextInfo?.messageAssociation?.parentMessageKey
					return key?.id === id
				})
				const key = part.message!.messageContextInfo!.messageAssociation!.parentMessageKey!
				const { phone, lid } = names.owner
				assert.equal(
					key.participant,
					addressing === 'lid' ? `${lid}@lid` : `${phone}@s.whatsapp.net`,
				)
			})
	}
})

test('members who have never written to us are mentioned by the names that the group uses', async (t) => {
	const { gateway, sandbox, ada, owner } = await linkedGateway(t)
	let number = 491700000100
	for (const addressing of ['pn', 'lid'] as const)
		for (const given of ['phone', 'lid'] as const)
			await t.test(`by ${given}, in a group with ${addressing}`, async () => {
				const stranger = sandbox.phone(String(number++), { name: 'Stranger' })
				const { phone, lid } = namesOf(stranger)
				const to = ada.createsGroup('With a stranger', [owner, stranger], { addressing })
				const mention = { phone, lid: `${lid}@lid` }[given]
				const text = `Welcome @${{ phone, lid }[given]}`
				const sent = await gateway.request('POST', `${MESSAGES}/text`, {
					...{ to, text, mentions: [mention] },
				})
				assert.equal(sent.status, 200, sent.text)
				const { message } = await ada.receives(({ id }) => id === sent.body.message_id)
				const shown = message!.extendedTextMessage!
				const [user, server] = addressing === 'lid' ? [lid, 'lid'] : [phone, 's.whatsapp.net']
				assert.deepEqual(shown.contextInfo!.mentionedJid, [`${user}@${server}`])
				assert.equal(shown.text, `Welcome @${user}`)
			})
})

const namesOf = ({ account: { phone, lid } }: { account: { phone: string; lid: string } }) => ({
	phone,
	lid,
})
