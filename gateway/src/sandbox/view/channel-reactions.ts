import type { Bubble } from './bubble.ts'
import type { PhoneFacts } from './facts.ts'
import { named } from './names.ts'

/** A bubble with its number and the reactions to it, where it is a post: the server counts those. */
export function withChannelReactions(facts: PhoneFacts, bubble: Bubble): Bubble {
	const post = facts.channel(bubble.chat)?.messages.find(({ id }) => id === bubble.id)
	if (!post) return bubble
	const reactions = Object.entries(post.reactions)
	const emojis = [...new Set(reactions.map(([, emoji]) => emoji))]
	return {
		...bubble,
		post: post.serverId,
		reactions: emojis.map((emoji) => {
			const people = reactions.filter(([, each]) => each === emoji).map(([phone]) => phone)
			return {
				emoji,
				mine: people.includes(facts.account.phone),
				by: people.map((phone) => named(facts, `${phone}@s.whatsapp.net`).name),
			}
		}),
	}
}
