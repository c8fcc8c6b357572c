import { proto } from '@whiskeysockets/baileys'
import { person, type World } from './world.ts'

/** Makes an event happen, and tells what it must say. */
export type Case = (world: World) => Promise<{ says: Record<string, unknown>; event: any }>

const hello = async ({ ada, owner, hears }: World, text: string) => {
	const id = await ada.says(text, { to: owner })
	const event = await hears('message.received', ({ message_id }) => message_id === id)
	return { id, event }
}

/** Sets after how many seconds new messages disappear. */
export const timer = (ephemeralExpiration: number): proto.IMessage => ({
	protocolMessage: {
		type: proto.Message.ProtocolMessage.Type.EPHEMERAL_SETTING,
		ephemeralExpiration,
	},
})

/** Somebody does something to a message of hers. */
const doneTo =
	(type: string, act: (world: World, id: string) => Promise<unknown>, also: object): Case =>
	async (world) => {
		const { id } = await hello(world, `for ${type}`)
		await act(world, id)
		const event = await world.hears(type, ({ message_id }) => message_id === id)
		const ada = person(world.ada)
		return { event, says: { message_id: id, chat: ada, sender: ada, from_me: false, ...also } }
	}

export const messageCases: Record<string, Case> = {
	'message.received': async (world) => {
		const { id, event } = await hello(world, 'hello')
		return { event, says: { message_id: id, type: 'text', text: 'hello', from_me: false } }
	},
	'message.sent': async ({ owner, ada, hears }) => {
		const id = await owner.says('by hand', { to: ada })
		const event = await hears('message.sent', ({ message_id }) => message_id === id)
		const says = { chat: person(ada), sender: person(owner, event.data.sender.name) }
		return { event, says: { ...says, text: 'by hand', from_me: true } }
	},
	'message.outgoing': async ({ ada, owner, posts, hears }) => {
		const { message_id: id } = await posts('messages/text', {
			to: ada.account.phone,
			text: 'by the API',
		})
		const event = await hears('message.outgoing', ({ message_id }) => message_id === id)
		const says = { chat: person(ada), sender: person(owner, event.data.sender.name) }
		return { event, says: { ...says, type: 'text', text: 'by the API', from_me: true } }
	},
	'message.status': async ({ ada, posts, hears }) => {
		const { message_id: id } = await posts('messages/text', {
			to: ada.account.phone,
			text: 'read?',
		})
		ada.reads(await ada.receives('read?'))
		const of = (status: string) =>
			hears('message.status', (data) => data.message_id === id && data.status === status)
		const sent = await of('sent')
		if (sent.data.by !== null) throw new Error('the server is nobody')
		await of('delivered')
		const event = await of('read')
		return { event, says: { message_id: id, status: 'read', by: person(ada) } }
	},
	'message.edited': doneTo('message.edited', ({ ada }, id) => ada.edits(id, 'corrected'), {
		type: 'text',
		text: 'corrected',
	}),
	'message.deleted': async (world) => {
		const author = person(world.ada)
		return doneTo('message.deleted', ({ ada }, id) => ada.deletes(id), { author, as_admin: false })(
			world,
		)
	},
	'message.reaction': doneTo('message.reaction', ({ ada }, id) => ada.reacts(id, '👍'), {
		emoji: '👍',
	}),
	'message.pinned': doneTo('message.pinned', ({ ada }, id) => ada.pins(id, 3600), {
		pinned: true,
		duration_seconds: 3600,
	}),
	'message.kept': doneTo('message.kept', ({ ada }, id) => ada.keeps(id), { kept: true }),
	'message.undecryptable': async (world) => {
		const { ada, hears } = world
		const id = await world.cannotRead(ada, 'lost')
		const event = await hears('message.undecryptable', ({ message_id }) => message_id === id)
		ada.comesBack()
		await hears('message.received', ({ message_id }) => message_id === id)
		return { event, says: { message_id: id, sender: person(ada), reason: 'not_decrypted' } }
	},
	'chat.updated': async ({ ada, owner, hears }) => {
		await ada.sends(timer(86_400), { to: owner })
		const event = await hears('chat.updated')
		const says = { chat: person(ada), by: person(ada), from_me: false, expiration: 86_400 }
		await ada.sends(timer(0), { to: owner })
		await hears('chat.updated', ({ expiration }) => expiration === 0)
		return { event, says }
	},
	'poll.vote': async ({ ada, posts, hears }) => {
		const poll = { to: ada.account.phone, name: 'Which?', options: ['Red', 'Blue'] }
		const { message_id: id } = await posts('messages/poll', poll)
		await ada.receives((received) => received.id === id)
		await ada.votes(id, ['Blue'])
		const event = await hears('poll.vote', ({ message_id }) => message_id === id)
		const totals = [
			{ option: 'Red', votes: 0 },
			{ option: 'Blue', votes: 1 },
		]
		return { event, says: { sender: person(ada), poll: 'Which?', options: ['Blue'], totals } }
	},
	'event.response': async ({ ada, posts, hears }) => {
		const lunch = { to: ada.account.phone, name: 'Lunch', start_time: '2030-01-31T12:00:00Z' }
		const { message_id: id } = await posts('messages/event', lunch)
		await ada.receives((received) => received.id === id)
		await ada.responds(id, 'maybe')
		const event = await hears('event.response', ({ message_id }) => message_id === id)
		return { event, says: { sender: person(ada), event: 'Lunch', response: 'maybe' } }
	},
	'status.received': async ({ ada, owner, hears }) => {
		const id = await ada.posts({ conversation: 'a story' }, [owner])
		const event = await hears('status.received', ({ message_id }) => message_id === id)
		const chat = { id: 'status@broadcast', phone: null, lid: null, name: null }
		return { event, says: { text: 'a story', chat, sender: person(ada) } }
	},
	'channel.message': async ({ sandbox, ada, owner, hears }) => {
		const response = await sandbox.control.request('/channels', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				name: 'News',
				owner: ada.account.phone,
				followers: [owner.account.phone],
			}),
		})
		const { id } = (await response.json()) as { id: string }
		await ada.says('published', { to: id })
		const event = await hears('channel.message', ({ chat }) => chat.id === id)
		return { event, says: { text: 'published' } }
	},
}
