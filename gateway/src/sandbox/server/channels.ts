import { randomBytes } from 'node:crypto'
import { bytesOf, childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import { partiesOf } from './jids.ts'
import { type Account, type Channel, type Party } from './model.ts'
import { accountsOf, tellCounts } from './notify-channel.ts'
import { type WhatsApp } from './whatsapp.ts'
import { now } from './stanza.ts'

export const isChannel = (jid: string | undefined) => Boolean(jid?.endsWith('@newsletter'))

export type NewChannel = { name: string; description?: string; picture?: Uint8Array }

export function createChannel(
	whatsapp: WhatsApp,
	owner: Account,
	{ name, description = '', picture }: NewChannel,
): Channel {
	const channel: Channel = {
		id: `120363${randomBytes(6).readUIntBE(0, 6).toString().padStart(15, '0')}@newsletter`,
		name,
		description,
		owner: owner.phone,
		creation: now(),
		invite: randomBytes(16).toString('base64url'),
		followers: [owner.phone],
		muted: [],
		messages: [],
	}
	if (picture) channel.picture = newPicture(picture)
	whatsapp.directory.channels.set(channel.id, channel)
	whatsapp.events.emit('change')
	return channel
}

export const newPicture = (image: Uint8Array) => ({
	id: String(randomBytes(6).readUIntBE(0, 6)),
	image,
})

export function follow(channel: Channel, { phone }: Account, follows = true): void {
	const others = channel.followers.filter((follower) => follower !== phone)
	channel.followers = follows ? [...others, phone] : others
	if (!follows) channel.admins = channel.admins?.filter((admin) => admin !== phone) ?? []
}

/** Whether somebody may write in a channel and change it. */
export const mayWrite = ({ owner, admins = [] }: Channel, { phone }: Account) =>
	owner === phone || admins.includes(phone)

/**
 * Publishes a stanza sent to a channel: a post of an admin, or a follower's reaction.
 * @returns additional attributes of the acknowledgement
 */
export function publish(whatsapp: WhatsApp, sender: Party, stanza: BinaryNode) {
	const { to, id = '', server_id: about, type } = stanza.attrs
	const channel = whatsapp.directory.channels.get(to ?? '')
	if (!channel) return { error: 404 }
	const reaction = childOf(stanza, 'reaction')
	if (reaction) return react(whatsapp, channel, sender.account, about, reaction.attrs.code)
	if (!mayWrite(channel, sender.account)) return { error: 403 }
	const message = bytesOf(stanza, 'plaintext')
	const serverId = 100 + channel.messages.length
	channel.messages.push({ id, serverId, at: now(), message, reactions: {} })
	const attrs = { from: channel.id, id, server_id: serverId, t: now(), type }
	const published = node('message', attrs, [node('plaintext', {}, message)])
	for (const party of accountsOf(whatsapp, channel.followers).flatMap(partiesOf))
		if (party.device !== sender.device) whatsapp.deliver(party, published)
	return { server_id: serverId }
}

function react(whatsapp: WhatsApp, channel: Channel, { phone }: Account, about = '', code = '') {
	const message = channel.messages.find(({ serverId }) => serverId === Number(about))
	if (!message) return { error: 404 }
	if (code) message.reactions[phone] = code
	else delete message.reactions[phone]
	tellCounts(whatsapp, channel, message)
	return {}
}

/**
 * Counts the sender of a receipt of the type `view` among those who have seen posts.
 * @returns additional attributes of the acknowledgement
 */
export function view(whatsapp: WhatsApp, { account: { phone } }: Party, receipt: BinaryNode) {
	const channel = whatsapp.directory.channels.get(receipt.attrs.to ?? '')
	if (!channel) return { error: 404 }
	const seen = childrenOf(childOf(receipt, 'list'), 'item').map((item) => item.attrs.server_id)
	for (const post of channel.messages) {
		if (!seen.includes(String(post.serverId)) || post.viewers?.includes(phone)) continue
		post.viewers = [...(post.viewers ?? []), phone]
		tellCounts(whatsapp, channel, post)
	}
	return {}
}
