import {
	getAllBinaryNodeChildren,
	getBinaryNodeChild,
	getBinaryNodeChildren,
	type BinaryNode,
} from '@whiskeysockets/baileys'
import type { Identity } from '../../../events/identity.ts'
import type { EventEffect } from '../../effect.ts'
import { countsOf, readRole } from '../../channel-fields.ts'
import { defineNotification, identityIn, type NotificationDeps } from './define.ts'

type Reader = (
	child: BinaryNode,
	chat: Identity,
	deps: NotificationDeps,
	by: Identity | null,
) => EventEffect[]

/**
 * What WhatsApp tells of channels in stanzas. Baileys reads single reactions and views, and not the `live_updates` that
 * clients get who have asked for them; read as whatsmeow does.
 */
export const channelStanzas = defineNotification(
	'CB:notification,type:newsletter',
	(stanza, deps) => {
		const chat = identityIn(stanza.attrs.from, deps)
		if (!chat) return []
		const by = identityIn(stanza.attrs.participant, deps)
		return getAllBinaryNodeChildren(stanza).flatMap(
			(child) => readers[child.tag]?.(child, chat, deps, by) ?? [],
		)
	},
)

const readers: Record<string, Reader> = {
	live_updates: (updates, chat) =>
		getBinaryNodeChildren(getBinaryNodeChild(updates, 'messages'), 'message').flatMap((post) =>
			countsTold(post, chat),
		),
	reaction: ({ attrs, content }, chat) => {
		const emoji = textIn(content, 'reaction')
		return emoji ? [reactionTold(chat, attrs.message_id, emoji, 1)] : []
	},
	view: ({ attrs, content }, chat) => [viewTold(chat, attrs.message_id, Number(content) || 0)],
	participant({ attrs: { jid, role } }, chat, deps, by) {
		const contact = identityIn(jid, deps)
		const now = readRole(role)
		if (!contact || !now) return []
		return [{ event: { type: 'channel.admins', data: { chat, contact, role: now, by } } }]
	},
	update(update, chat) {
		const settings = getBinaryNodeChild(update, 'settings')
		const name = textIn(settings?.content, 'name')
		const description = textIn(settings?.content, 'description')
		const data = {
			chat,
			...(name !== undefined && { name }),
			...(description !== undefined && { description }),
		}
		return Object.keys(data).length > 1 ? [{ event: { type: 'channel.updated', data } }] : []
	},
}

function countsTold(post: BinaryNode, chat: Identity): EventEffect[] {
	const { views, reactions } = countsOf(post)
	const number = post.attrs.server_id
	return [
		...(views === null ? [] : [viewTold(chat, number, views)]),
		...Object.entries(reactions).map(([emoji, count]) => reactionTold(chat, number, emoji, count)),
	]
}

const reactionTold = (
	chat: Identity,
	number: string | undefined,
	emoji: string,
	count: number,
): EventEffect => ({
	event: {
		type: 'channel.reaction',
		data: { chat, server_message_id: Number(number), emoji, count },
	},
})

const viewTold = (chat: Identity, number: string | undefined, count: number): EventEffect => ({
	event: { type: 'channel.view', data: { chat, server_message_id: Number(number), count } },
})

function textIn(content: BinaryNode['content'], tag: string): string | undefined {
	const child = getBinaryNodeChild({ tag: '', attrs: {}, content }, tag)
	return child?.content === undefined ? undefined : child.content.toString()
}
