import { getBinaryNodeChild, proto, type BinaryNode } from '@whiskeysockets/baileys'
import { unwrap } from '../../../messages/wrappers.ts'
import { countsOf } from '../../channel-fields.ts'
import { describeMessage } from '../../receive/describe-message.ts'
import type { SessionDeps } from '../../session-deps.ts'

type Post = { number: number; node: BinaryNode; id: string; content: proto.IMessage; at: number }

/**
 * Describes posts of a channel as `channel.message` does, with their counts, and keeps those that are new: so can their
 * files be fetched, and the posts be quoted.
 * @param nodes the newest first; one that was deleted has no content and is left out
 */
export async function readPosts(nodes: BinaryNode[], jid: string, deps: SessionDeps) {
	const posts = nodes.flatMap(readPost)
	const described = posts.map((post) => ({
		...describePost(post, jid, deps),
		server_message_id: post.number,
		...countsOf(post.node),
	}))
	const { messages, commit } = deps.state
	const known = await messages.many(posts.map(({ id }) => id))
	const told = posts.flatMap(({ id, content, at }, index) => {
		const { type, from_me } = described[index]!
		return known.has(id) ? [] : { message: { message_id: id, to: jid, type, from_me, content }, at }
	})
	const changes = await messages.keepHistory(told)
	if (changes.length) await commit(changes)
	return described
}

function readPost(node: BinaryNode): Post[] {
	const plain = getBinaryNodeChild(node, 'plaintext')?.content
	const { id, server_id, t } = node.attrs
	if (!id || !(plain instanceof Uint8Array)) return []
	return [
		{ number: Number(server_id), node, id, content: proto.Message.decode(plain), at: Number(t) },
	]
}

function describePost({ id, node, content, at }: Post, jid: string, deps: SessionDeps) {
	const { me, otherName, mediaUrl } = deps
	const { messages, votes, timers, undecryptable } = deps.state
	const receiving = { me, otherName, mediaUrl, messages, votes, timers, undecryptable }
	const key = { id, remoteJid: jid, fromMe: node.attrs.is_sender === 'true' }
	return describeMessage(
		{ key, message: content, messageTimestamp: at },
		unwrap(content),
		receiving,
	)
}
