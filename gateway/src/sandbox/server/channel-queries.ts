import { childOf, node } from '../wire/node.ts'
import { channelOf } from './channel-mex.ts'
import type { Channel, Published } from './model.ts'
import { countNodes } from './notify-channel.ts'
import { type Queries, type Query } from './query.ts'
import { now } from './stanza.ts'

const LIVE_SECONDS = 300

const postNode = (
	{ id, serverId, at, message }: Published,
	counts: ReturnType<typeof countNodes>,
) =>
	node('message', { id, server_id: serverId, t: at, type: 'text' }, [
		node('plaintext', {}, message),
		...counts,
	])

const readUpdates: Query = ({ directory }, _sender, iq) => {
	const channel = channelOf(directory, iq.attrs.to)
	const { count = '100', after = '0' } = childOf(iq, 'message_updates')?.attrs ?? {}
	const wanted = channel.messages.filter(({ serverId }) => serverId > Number(after))
	const messages = wanted.slice(0, Number(count)).map((post) => postNode(post, []))
	return [node('message_updates', {}, [node('messages', { jid: channel.id }, messages)])]
}

/** The newest posts, or those before one; in the order in which they were published. */
const readPosts: Query = ({ directory }, _sender, iq) => {
	const { jid, key, count = '100', before } = childOf(iq, 'messages')?.attrs ?? {}
	const channel = channelOf(directory, jid ?? key)
	const earlier = channel.messages.filter(
		({ serverId }) => before === undefined || serverId < Number(before),
	)
	const wanted = earlier.slice(-Number(count)).map((post) => postNode(post, countNodes(post)))
	return [node('messages', { jid: channel.id, t: now() }, wanted)]
}

const watch: Query = ({ directory }, { account }, iq) => {
	const channel: Channel = channelOf(directory, iq.attrs.to)
	channel.watchers = { ...channel.watchers, [account.phone]: now() + LIVE_SECONDS }
	return [node('live_updates', { duration: LIVE_SECONDS })]
}

/** Queries about channels. */
export const channelQueries: Queries = {
	'get newsletter message_updates': readUpdates,
	'get newsletter messages': readPosts,
	'set newsletter live_updates': watch,
	// WhatsApp wants its terms to be accepted before the first channel.
	'set tos notice': () => undefined,
}
