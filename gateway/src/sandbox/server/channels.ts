import { randomBytes } from 'node:crypto'
import { bytesOf, childOf, node, type BinaryNode } from '../wire/node.ts'
import { type Directory } from './directory.ts'
import { partiesOf } from './jids.ts'
import { type Channel, type Party } from './model.ts'
import { type Account } from './model.ts'
import { type WhatsApp } from './whatsapp.ts'
import { now } from './stanza.ts'

export const isChannel = (jid: string | undefined) => Boolean(jid?.endsWith('@newsletter'))

export function createChannel(
	whatsapp: WhatsApp,
	owner: Account,
	{ name, description = '' }: { name: string; description?: string },
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
	whatsapp.directory.channels.set(channel.id, channel)
	whatsapp.events.emit('change')
	return channel
}

export function follow(channel: Channel, { phone }: Account, follows = true): void {
	const others = channel.followers.filter((follower) => follower !== phone)
	channel.followers = follows ? [...others, phone] : others
}

const followersOf = ({ accounts }: Directory, { followers }: Channel) =>
	followers.flatMap((phone) => accounts.get(phone) ?? [])

/**
 * Publishes a stanza sent to a channel: a post of its owner, or a follower's reaction.
 * @returns additional attributes of the acknowledgement
 */
export function publish(whatsapp: WhatsApp, sender: Party, stanza: BinaryNode) {
	const { to, id = '', server_id: about, type } = stanza.attrs
	const channel = whatsapp.directory.channels.get(to ?? '')
	if (!channel) return { error: 404 }
	const reaction = childOf(stanza, 'reaction')
	if (reaction) return react(channel, sender.account, about, reaction.attrs.code)
	if (channel.owner !== sender.account.phone) return { error: 403 }
	const message = bytesOf(stanza, 'plaintext')
	const serverId = 100 + channel.messages.length
	channel.messages.push({ id, serverId, at: now(), message, reactions: {} })
	const attrs = { from: channel.id, id, server_id: serverId, t: now(), type }
	const published = node('message', attrs, [node('plaintext', {}, message)])
	for (const party of followersOf(whatsapp.directory, channel).flatMap(partiesOf))
		if (party.device !== sender.device) whatsapp.deliver(party, published)
	return { server_id: serverId }
}

function react(channel: Channel, { phone }: Account, about = '', code = '') {
	const message = channel.messages.find(({ serverId }) => serverId === Number(about))
	if (!message) return { error: 404 }
	if (code) message.reactions[phone] = code
	else delete message.reactions[phone]
	return {}
}
