import { createChannel, follow, mayWrite, newPicture } from './channels.ts'
import type { Directory } from './directory.ts'
import type { Mex } from './mex.ts'
import type { Account, Channel } from './model.ts'
import { accountsOf, notifyChannel, type Notice } from './notify-channel.ts'
import { forbidden, notFound, QueryError } from './query.ts'
import type { WhatsApp } from './whatsapp.ts'

/** The channel with an id or an invite code. @throws QueryError */
export function channelOf({ channels }: Directory, key: string | undefined): Channel {
	const invited = [...channels.values()].find(({ invite }) => invite === key)
	const channel = channels.get(key ?? '') ?? invited
	if (!channel) throw notFound()
	return channel
}

/** As `channelOf`, for those who may change it. */
export function administered(
	{ directory }: WhatsApp,
	account: Account,
	id: string | undefined,
): Channel {
	const channel = channelOf(directory, id)
	if (!mayWrite(channel, account)) throw forbidden()
	return channel
}

/** As `channelOf`, for its owner. */
export function owned(
	{ directory }: WhatsApp,
	{ phone }: Account,
	id: string | undefined,
): Channel {
	const channel = channelOf(directory, id)
	if (channel.owner !== phone) throw forbidden()
	return channel
}

export const roleOf = (channel: Channel, { phone }: Account) => {
	if (channel.owner === phone) return 'OWNER'
	if (channel.admins?.includes(phone)) return 'ADMIN'
	return channel.followers.includes(phone) ? 'SUBSCRIBER' : 'GUEST'
}

function described({ media }: WhatsApp, channel: Channel, viewer: Account) {
	const { id = '' } = channel.picture ?? {}
	const picture = { id, type: 'IMAGE', direct_path: '', ...(id && { url: media.pictureUrl(id) }) }
	return {
		id: channel.id,
		state: { type: channel.state ?? 'ACTIVE' },
		thread_metadata: {
			creation_time: String(channel.creation),
			name: { id: '1', text: channel.name, update_time: String(channel.creation) },
			description: { id: '1', text: channel.description, update_time: String(channel.creation) },
			invite: channel.invite,
			subscribers_count: String(channel.followers.length),
			verification: 'UNVERIFIED',
			picture,
		},
		viewer_metadata: {
			mute: channel.muted.includes(viewer.phone) ? 'ON' : 'OFF',
			role: roleOf(channel, viewer),
		},
	}
}

const create: Mex = (whatsapp, { account }, { input }) => {
	if (!input?.name) throw new QueryError(400, 'bad-request')
	const { name, description, picture } = input
	const channel = createChannel(whatsapp, account, {
		name,
		...(description && { description }),
		...(picture && { picture: Buffer.from(picture, 'base64') }),
	})
	return { path: 'xwa2_newsletter_create', data: described(whatsapp, channel, account) }
}

const describeChannel: Mex = (whatsapp, { account }, { input }) => ({
	path: 'xwa2_newsletter',
	data: described(whatsapp, channelOf(whatsapp.directory, input?.key), account),
})

const listSubscribed: Mex = (whatsapp, { account }) => ({
	path: 'xwa2_newsletter_subscribed',
	data: [...whatsapp.directory.channels.values()]
		.filter(({ followers }) => followers.includes(account.phone))
		.map((channel) => described(whatsapp, channel, account)),
})

const update: Mex = (whatsapp, { account, device }, { newsletter_id: id, updates }) => {
	const channel = administered(whatsapp, account, id)
	const { name, description, picture } = updates ?? {}
	channel.name = name ?? channel.name
	channel.description = description ?? channel.description
	if (picture !== undefined)
		channel.picture = picture ? newPicture(Buffer.from(picture, 'base64')) : undefined
	const data = described(whatsapp, channel, account)
	const thread_metadata = {
		...(name !== undefined && { name: data.thread_metadata.name }),
		...(description !== undefined && { description: data.thread_metadata.description }),
		...(picture !== undefined && { picture: data.thread_metadata.picture }),
	}
	const notice = {
		operation: 'NotificationNewsletterUpdate',
		path: 'xwa2_notify_newsletter_on_metadata_update',
		data: { id: channel.id, thread_metadata },
	}
	notifyChannel(whatsapp, accountsOf(whatsapp, channel.followers), notice, device)
	return { path: 'xwa2_newsletter_update', data }
}

const joined = (id: string): Notice => ({
	operation: 'NotificationNewsletterJoin',
	path: 'xwa2_notify_newsletter_on_join',
	data: { id, viewer_metadata: { role: 'SUBSCRIBER' } },
})

const left = (id: string): Notice => ({
	operation: 'NotificationNewsletterLeave',
	path: 'xwa2_notify_newsletter_on_leave',
	data: { id },
})

const follows =
	(path: string, value: boolean): Mex =>
	(whatsapp, { account, device }, { newsletter_id: key }) => {
		const channel = channelOf(whatsapp.directory, key)
		const { id, owner } = channel
		if (owner === account.phone) throw new QueryError(405, 'not-allowed')
		follow(channel, account, value)
		notifyChannel(whatsapp, [account], value ? joined(id) : left(id), device)
		return { path, data: { id, state: { type: 'ACTIVE' } } }
	}

const mutes =
	(path: string, value: boolean): Mex =>
	(whatsapp, { account, device }, { newsletter_id: key }) => {
		const channel = channelOf(whatsapp.directory, key)
		const others = channel.muted.filter((each) => each !== account.phone)
		channel.muted = value ? [...others, account.phone] : others
		const notice = {
			operation: 'NotificationNewsletterMuteChange',
			path: 'xwa2_notify_newsletter_on_mute_change',
			data: { id: channel.id, mute: value ? 'ON' : 'OFF' },
		}
		notifyChannel(whatsapp, [account], notice, device)
		return { path, data: { id: channel.id } }
	}

const remove: Mex = (whatsapp, { account, device }, { newsletter_id: id }) => {
	const channel = owned(whatsapp, account, id)
	whatsapp.directory.channels.delete(channel.id)
	const followers = accountsOf(whatsapp, channel.followers)
	notifyChannel(whatsapp, followers, stateChanged(channel.id, 'DELETED'), device)
	return { path: 'xwa2_newsletter_delete_v2', data: { id: channel.id } }
}

/** What followers are told when a channel is deleted or suspended. */
export const stateChanged = (id: string, type: string): Notice => ({
	operation: 'NotificationNewsletterStateChange',
	path: 'xwa2_notify_newsletter_on_state_change',
	data: { id, is_requestor: false, state: { type } },
})

/** By the numbers of Baileys, or of WhatsApp Web where Baileys has none. */
export const channelMex: Record<string, Mex> = {
	'8823471724422422': create,
	'25149874324715067': create,
	'6563316087068696': describeChannel,
	'6388546374527196': listSubscribed,
	'25399611239711790': listSubscribed,
	'24250201037901610': update,
	'24404358912487870': follows('xwa2_newsletter_join_v2', true),
	'9767147403369991': follows('xwa2_newsletter_leave_v2', false),
	'29766401636284406': mutes('xwa2_newsletter_mute_v2', true),
	'9864994326891137': mutes('xwa2_newsletter_unmute_v2', false),
	'30062808666639665': remove,
}
