import type { Case } from './message-cases.ts'
import { createChannel, follow } from '../../../../gateway/src/sandbox/server/channels.ts'
import { person, type World } from './world.ts'

export const peopleCases: Record<string, Case> = {
	'chat.presence': async ({ ada, owner, hears }) => {
		ada.types(owner, 'recording')
		const event = await hears('chat.presence')
		return { event, says: { sender: person(ada), presence: 'recording', last_seen: null } }
	},
	'call.received': async ({ ada, owner, hears }) => {
		const call_id = ada.calls.calls(owner, { video: true })
		const event = await hears('call.received')
		const says = { call_id, status: 'offer', video: true, group: null, offline: false }
		return { event, says: { ...says, sender: person(ada) } }
	},
	'call.rejected': async ({ ada, posts, hears }) => {
		const [call] = ada.calls.all
		await posts('calls/reject', { call_id: call!.id })
		const event = await hears('call.rejected')
		return { event, says: { call_id: call!.id, chat: person(ada), auto: false } }
	},
	'contact.updated': async ({ sandbox, owner, hears }) => {
		const dora = sandbox.phone('491700000004', { name: 'Dora' })
		await dora.says('I am Dora', { to: owner })
		dora.account.name = 'Dora L.'
		await dora.says('now I am Dora L.', { to: owner })
		const event = await hears('contact.updated')
		return { event, says: { name: 'Dora L.', contact: person(dora) } }
	},
	'contact.identity': async ({ sandbox, owner, hears }) => {
		const eve = sandbox.phone('491700000005', { name: 'Eve', addressing: 'lid' })
		eve.types(owner)
		const shown = await hears(
			'chat.presence',
			({ sender }) => sender.lid === `${eve.account.lid}@lid`,
		)
		if (shown.data.sender.phone !== null) throw new Error('the phone is known before it is said')
		await eve.says('hello', { to: owner })
		const event = await hears('contact.identity')
		return { event, says: { contact: person(eve, null) } }
	},
	'contact.blocked': async ({ ada, owner, hears }) => {
		owner.profile.blocks(ada)
		const event = await hears('contact.blocked')
		owner.profile.unblocks(ada)
		return { event, says: { contact: person(ada), blocked: true } }
	},
	'contact.about': async ({ ada, hears }) => {
		ada.profile.setsAbout('At the lake')
		const event = await hears('contact.about')
		return { event, says: { contact: person(ada), about: 'At the lake' } }
	},
	'profile.updated': async ({ owner, hears }) => {
		owner.profile.setsPicture(Buffer.from('ffd8ffe0', 'hex'))
		const event = await hears('profile.updated')
		return { event, says: { picture: 'changed' } }
	},
	'settings.updated': async ({ owner, hears }) => {
		owner.choosesPrivacy('last', 'contacts')
		const event = await hears('settings.updated')
		return { event, says: { setting: 'last', value: 'contacts' } }
	},
	'label.edited': async (world) => {
		const client = await world.secondDevice()
		const jid = `${world.ada.account.phone}@s.whatsapp.net`
		await client.socket.addLabel(jid, { id: '7', name: 'Regulars', color: 2 })
		await client.socket.addChatLabel(jid, '7')
		const event = await world.hears('label.edited')
		return { event, says: { label_id: '7', name: 'Regulars', color: 2, deleted: false } }
	},
	'label.assigned': async ({ ada, hears }) => {
		const event = await hears('label.assigned')
		const says = { label_id: '7', name: 'Regulars', assigned: true, message_id: null }
		return { event, says: { ...says, chat: person(ada) } }
	},
}

export const groupCases: Record<string, Case> = {
	'group.joined': async ({ ada, carl, owner, hears }) => {
		const id = ada.createsGroup('New', [owner, carl])
		const event = await hears('group.joined', ({ chat }) => chat.id === id)
		return { event, says: { subject: 'New', by: person(ada) } }
	},
	'group.updated': async (world) => {
		const chat = await world.group()
		world.ada.groups.changes(chat, { subject: 'Renamed' })
		const event = await world.hears('group.updated', (data) => data.chat.id === chat)
		return { event, says: { subject: 'Renamed', by: person(world.ada) } }
	},
	'group.participants': async (world) => {
		const { ada, carl, hears } = world
		const chat = await world.group()
		ada.groups.changes(chat, { promote: [carl] })
		const event = await hears('group.participants', (data) => data.chat.id === chat)
		const says = { action: 'promote', participants: [person(carl, null)] }
		return { event, says: { ...says, by: person(ada) } }
	},
	'group.left': async (world) => {
		const chat = await world.group()
		world.ada.groups.changes(chat, { remove: [world.owner] })
		const event = await world.hears('group.left', (data) => data.chat.id === chat)
		return { event, says: { by: person(world.ada) } }
	},
	'community.groups': async (world) => {
		const { ada, hears } = world
		const chat = ada.groups.createsCommunity('Street')
		// Who is in a group of a community is in the community.
		ada.groups.links(chat, await world.group())
		const jid = ada.createsGroup('Second', [])
		ada.groups.links(chat, jid)
		const fits = (data: any) => data.chat.id === chat && data.groups[0].jid === jid
		const event = await hears('community.groups', fits)
		const groups = [{ jid, name: 'Second' }]
		return { event, says: { action: 'linked', groups, by: person(ada) } }
	},
	'group.join_request': async (world) => {
		const { ada, owner, sandbox, hears } = world
		const chat = await world.group()
		ada.groups.changes(chat, { promote: [owner] })
		const group = sandbox.whatsapp.directory.groups.get(chat)!
		Object.assign(group, { approval: true, inviteCode: 'INVITE' })
		const fay = sandbox.phone('491700000006', { name: 'Fay' })
		fay.groups.joins('INVITE')
		const event = await hears('group.join_request', (data) => data.chat.id === chat)
		const says = { action: 'created', method: 'invite_link' }
		return { event, says: { ...says, participant: person(fay, null) } }
	},
}

/** A channel of the account, with Ada as a follower and a post in it. */
async function watchedChannel({ sandbox, owner, ada, posts }: World) {
	const channel = createChannel(sandbox.whatsapp, owner.account, { name: 'Street news' })
	follow(channel, ada.account)
	await owner.says('A post', { to: channel.id })
	await posts(`channels/${channel.id}/live`, {})
	return { id: channel.id, number: channel.messages[0]!.serverId }
}

export const channelCases: Record<string, Case> = {
	'channel.updated': async ({ sandbox, owner, hears }) => {
		const { id } = createChannel(sandbox.whatsapp, owner.account, { name: 'News' })
		owner.channels.changes(id, { name: 'New news' })
		const event = await hears('channel.updated', ({ chat }) => chat.id === id)
		return { event, says: { name: 'New news' } }
	},
	'channel.reaction': async (world) => {
		const { id, number } = await watchedChannel(world)
		world.ada.channels.reacts(id, number, '👍')
		const event = await world.hears('channel.reaction', ({ chat }) => chat.id === id)
		return { event, says: { server_message_id: number, emoji: '👍', count: 1 } }
	},
	'channel.view': async (world) => {
		const { id, number } = await watchedChannel(world)
		world.ada.channels.views(id, number)
		const event = await world.hears('channel.view', ({ chat }) => chat.id === id)
		return { event, says: { server_message_id: number, count: 1 } }
	},
	'channel.admins': async ({ sandbox, owner, ada, hears }) => {
		const { id } = createChannel(sandbox.whatsapp, owner.account, { name: 'Our news' })
		owner.channels.invitesAdmin(id, ada)
		ada.channels.acceptsInvite(id)
		const event = await hears('channel.admins', ({ chat }) => chat.id === id)
		return { event, says: { contact: person(ada), role: 'admin', by: person(ada) } }
	},
}

export const sessionCases: Record<string, Case> = {
	'session.status': async ({ sandbox, owner, gateway, hears }) => {
		sandbox.whatsapp.endsStreams(owner.account, 503)
		const event = await hears('session.status', ({ status }) => status === 'connecting')
		await gateway.becomes('main', 'open')
		return { event, says: { status: 'connecting' } }
	},
	'session.limits': async ({ sandbox, owner, gateway, hears }) => {
		await sandbox.control.request(`/phones/${owner.account.phone}/limits`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ new_chats: { quota: 1_000, used: 3 } }),
		})
		await gateway.request('GET', '/api/v1/sessions/main/limits')
		const event = await hears('session.limits')
		const newChats = { quota: 1_000, used: 3, status: 'NONE' }
		return { event, says: { state: 'open', reason: null, until: null, new_chats: newChats } }
	},
	'session.version': async ({ sandbox, gateway, hears }) => {
		const { versions } = sandbox.whatsapp
		const [primary = 0, secondary = 0, revision = 0] = versions.pages.page.version
		const minimum = [primary, secondary, revision + 1]
		Object.assign(versions.pages.page, { version: minimum })
		versions.minimum = minimum
		sandbox.whatsapp.closesOlderThan(minimum)
		const event = await hears('session.version')
		await gateway.becomes('main', 'open')
		return { event, says: { version: minimum.join('.'), hint: null } }
	},
	'session.restored': async ({ engine, ada, owner, gateway, posts, hears }) => {
		// Together: the record of the session's end opens its state again at once.
		Object.assign(engine, { fails: true, hasLostCommits: true })
		await ada.says('is not kept', { to: owner })
		await gateway.becomes('main', 'closed')
		engine.fails = false
		await posts('connect', {})
		const event = await hears('session.restored')
		engine.hasLostCommits = false
		await gateway.becomes('main', 'open')
		return { event, says: { cause: 'lost_commits', messages_in_doubt: 0 } }
	},
	// Last: it unlinks the session.
	'session.qr': async ({ owner, gateway, hears }) => {
		owner.unlinks()
		await gateway.becomes('main', 'logged_out')
		const { body } = await gateway.request('GET', '/api/v1/sessions/main/qr')
		const event = await hears('session.qr', ({ qr }) => qr === body.qr)
		return { event, says: { expires_at: body.expires_at } }
	},
	'session.passkey': async ({ owner, gateway, posts, hears }) => {
		owner.hasPasskey()
		owner.scans((await gateway.request('GET', '/api/v1/sessions/main/qr')).body.qr)
		const event = await hears('session.passkey')
		const { body } = await gateway.request('GET', '/api/v1/sessions/main/passkey')
		owner.hasPasskey(false)
		await posts('disconnect', {})
		return { event, says: { stage: 'challenge', options: body.options } }
	},
	'session.pairing_link': async ({ gateway, posts, hears }) => {
		const link = await posts('links', {})
		const token = link.url.split('#')[1]
		const headers = { host: 'localhost', 'x-console': '1', 'content-type': 'application/json' }
		await gateway.request('POST', '/link/open', { token }, { ...headers, 'user-agent': 'Windows' })
		const event = await hears('session.pairing_link')
		return { event, says: { link: link.id, state: 'opened', opened_by: 'Windows' } }
	},
	'session.pairing_code': async ({ owner, posts, hears }) => {
		const { code } = await posts('pair', { phone_number: owner.account.phone })
		const event = await hears('session.pairing_code')
		return { event, says: { code, phone_number: owner.account.phone } }
	},
	'webhook.test': async ({ hook, posts, hears }) => {
		await posts(`webhooks/${hook.id}/test`, {})
		const event = await hears('webhook.test')
		return { event, says: { webhook: hook.id } }
	},
	'webhook.expired': async ({ posts, receiver, hears }) => {
		const until = new Date().toISOString()
		const ending = await posts('webhooks', { url: receiver.url, events: ['webhook.test'], until })
		const event = await hears('webhook.expired')
		return { event, says: { webhook: ending.id } }
	},
}

/** The session is linked anew, and the phone tells what stands on it. */
export const historyCases: Record<string, Case> = {
	'history.chats': async ({ ada, owner, hears }) => {
		const { data } = await hears('session.pairing_code')
		await owner.entersCode(data.code)
		const event = await hears('history.chats')
		const found = event.data.chats.find(({ chat }: any) => chat.id === person(ada).id)
		if (!found?.unread) throw new Error('what she wrote is on the phone')
		return { event, says: {} }
	},
	'history.messages': async ({ ada, hears }) => {
		const isHers = ({ text }: any) => text === 'for message.reaction'
		const event = await hears('history.messages', ({ messages }) => messages.some(isHers))
		const { sender } = event.data.messages.find(isHers)
		if (sender.id !== person(ada).id) throw new Error('she wrote it')
		return { event, says: { chat: person(ada) } }
	},
}
