import { childOf, node } from '../wire/node.ts'
import { createChannel, follow } from './channels.ts'
import { type Channel } from './model.ts'
import type { Directory } from './directory.ts'
import type { Account } from './model.ts'
import { forbidden, notFound, QueryError, type Queries, type Query } from './query.ts'
import type { WhatsApp } from './whatsapp.ts'

type Variables = {
	newsletter_id?: string
	input?: { name?: string; description?: string | null; key?: string; type?: string }
	updates?: { name?: string; description?: string }
}
type Answer = { path: string; data: unknown }
type Mex = (whatsapp: WhatsApp, account: Account, variables: Variables) => Answer

function channelOf({ channels }: Directory, key: string | undefined): Channel {
	const invited = [...channels.values()].find(({ invite }) => invite === key)
	const channel = channels.get(key ?? '') ?? invited
	if (!channel) throw notFound()
	return channel
}

function owned({ directory }: WhatsApp, { phone }: Account, id: string | undefined): Channel {
	const channel = channelOf(directory, id)
	if (channel.owner !== phone) throw forbidden()
	return channel
}

const roleOf = ({ owner, followers }: Channel, { phone }: Account) => {
	if (owner === phone) return 'OWNER'
	return followers.includes(phone) ? 'SUBSCRIBER' : 'GUEST'
}

const described = (channel: Channel, viewer: Account) => ({
	id: channel.id,
	state: { type: 'ACTIVE' },
	thread_metadata: {
		creation_time: String(channel.creation),
		name: { id: '1', text: channel.name, update_time: String(channel.creation) },
		description: { id: '1', text: channel.description, update_time: String(channel.creation) },
		invite: channel.invite,
		subscribers_count: String(channel.followers.length),
		verification: 'UNVERIFIED',
		picture: { id: '', direct_path: '' },
	},
	viewer_metadata: {
		mute: channel.muted.includes(viewer.phone) ? 'ON' : 'OFF',
		role: roleOf(channel, viewer),
	},
})

const create: Mex = (whatsapp, account, { input }) => {
	if (!input?.name) throw new QueryError(400, 'bad-request')
	const description = input.description ?? undefined
	const channel = createChannel(whatsapp, account, { name: input.name, description })
	return { path: 'xwa2_newsletter_create', data: described(channel, account) }
}

const describeChannel: Mex = ({ directory }, account, { input }) => ({
	path: 'xwa2_newsletter',
	data: described(channelOf(directory, input?.key), account),
})

const update: Mex = (whatsapp, account, { newsletter_id: id, updates }) => {
	const channel = owned(whatsapp, account, id)
	channel.name = updates?.name ?? channel.name
	channel.description = updates?.description ?? channel.description
	return { path: 'xwa2_newsletter_update', data: described(channel, account) }
}

const follows =
	(path: string, value: boolean): Mex =>
	({ directory }, account, { newsletter_id: id }) => {
		const channel = channelOf(directory, id)
		if (channel.owner === account.phone) throw new QueryError(405, 'not-allowed')
		follow(channel, account, value)
		return { path, data: { id: channel.id, state: { type: 'ACTIVE' } } }
	}

const mutes =
	(path: string, value: boolean): Mex =>
	({ directory }, { phone }, { newsletter_id: id }) => {
		const channel = channelOf(directory, id)
		const others = channel.muted.filter((each) => each !== phone)
		channel.muted = value ? [...others, phone] : others
		return { path, data: { id: channel.id } }
	}

const subscribers: Mex = (whatsapp, account, { newsletter_id: id }) => ({
	path: 'xwa2_newsletter_subscribers',
	data: { subscribers: owned(whatsapp, account, id).followers.length },
})

const adminCount: Mex = (whatsapp, account, { newsletter_id: id }) => {
	owned(whatsapp, account, id)
	return { path: 'xwa2_newsletter_admin', data: { admin_count: 1 } }
}

const remove: Mex = (whatsapp, account, { newsletter_id: id }) => {
	const channel = owned(whatsapp, account, id)
	whatsapp.directory.channels.delete(channel.id)
	return { path: 'xwa2_newsletter_delete_v2', data: { id: channel.id } }
}

/** WhatsApp numbers its GraphQL queries; these are the numbers that clients send (Baileys' Types/Mex). */
const mexQueries: Record<string, Mex> = {
	'8823471724422422': create,
	'6563316087068696': describeChannel,
	'24250201037901610': update,
	'24404358912487870': follows('xwa2_newsletter_join_v2', true),
	'9767147403369991': follows('xwa2_newsletter_leave_v2', false),
	'29766401636284406': mutes('xwa2_newsletter_mute_v2', true),
	'9864994326891137': mutes('xwa2_newsletter_unmute_v2', false),
	'9783111038412085': subscribers,
	'7130823597031706': adminCount,
	'30062808666639665': remove,
}

const mex: Query = (whatsapp, { account }, iq) => {
	const query = childOf(iq, 'query')
	const known = mexQueries[query?.attrs.query_id ?? '']
	if (!known) throw new QueryError(501, 'feature-not-implemented')
	const { variables } = JSON.parse(String(query?.content)) as { variables: Variables }
	const { path, data } = known(whatsapp, account, variables)
	whatsapp.events.emit('change')
	return [node('result', {}, Buffer.from(JSON.stringify({ data: { [path]: data } })))]
}

const readMessages: Query = ({ directory }, _sender, iq) => {
	const channel = channelOf(directory, iq.attrs.to)
	const { count = '100', after = '0' } = childOf(iq, 'message_updates')?.attrs ?? {}
	const wanted = channel.messages.filter(({ serverId }) => serverId > Number(after))
	const messages = wanted.slice(0, Number(count)).map(({ id, serverId, at, message }) => {
		const attrs = { id, server_id: serverId, t: at, type: 'text' }
		return node('message', attrs, [node('plaintext', {}, message)])
	})
	return [node('message_updates', {}, [node('messages', { jid: channel.id }, messages)])]
}

/** Queries about channels. */
export const channelQueries: Queries = {
	'get w:mex query': mex,
	'get newsletter message_updates': readMessages,
	'set newsletter live_updates': () => [node('live_updates', { duration: 300 })],
}
