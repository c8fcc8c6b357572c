import { z } from '@hono/zod-openapi'
import { unquotable } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { messageIdField } from '../fields/message-id.ts'
import { refuseChannel } from '../refuse-channel.ts'
import { authorship, targetOf } from '../fields/target.ts'

const ofPosts =
	'Posts of channels have a number instead of an id: POST …/channels/{channel}/messages/{server_id}/react.'

export const react = defineMessage({
	type: 'react',
	aliases: ['reaction'],
	title: 'React',
	description: `Reacts to a message. An empty \`emoji\` removes the reaction. ${unquotable}`,
	schema: z.object({
		message_id: messageIdField('Message', 'Id of the message to react to'),
		emoji: z
			.string()
			.max(64)
			.refine((text) => text === '' || isEmoji(text), 'must be one emoji, or empty')
			.meta({
				title: 'Emoji',
				description: 'One emoji; empty removes the reaction',
				examples: ['👍'],
			}),
		...authorship,
	}),
	refersTo: ({ message_id: id, ...input }) => targetOf('message_id', id, input),
	toContent({ emoji: text }, { chat, keys }) {
		refuseChannel(chat, ofPosts)
		return { reactionMessage: { key: keys.message_id, text, senderTimestampMs: Date.now() } }
	},
	fromContent({ reactionMessage: reaction }) {
		if (!reaction) return undefined
		return { message_id: reaction.key?.id ?? '', emoji: reaction.text ?? '' }
	},
	textOf: ({ emoji }) => emoji,
	stanza: ({ reactionMessage: reaction }) => (reaction?.text ? {} : { attributes: { edit: '7' } }),
})

/** True of one emoji, however many characters it is made of; ⃣  makes one of a digit. */
function isEmoji(text: string): boolean {
	const isOne = [...new Intl.Segmenter().segment(text)].length === 1
	return isOne && /[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3]/u.test(text)
}
