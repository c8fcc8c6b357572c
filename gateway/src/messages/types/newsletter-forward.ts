import { z } from '@hono/zod-openapi'
import { channelInvite } from './channel-invite.ts'
import { contentTypes } from '../channel-post.ts'
import { mentionable } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { optional } from '../fields/optional.ts'
import { text } from './text.ts'

export const newsletterForward = defineMessage({
	type: 'newsletter-forward',
	title: 'Channel Forward',
	description:
		'A text from a channel, with a link to the post. Recipients get it as `text` with `forwarded_from`.',
	schema: z.object({
		text: text.schema.shape.text,
		newsletter_jid: channelInvite.newsletter_jid,
		server_message_id: z
			.number()
			.int()
			.min(1)
			.max(2_147_483_647)
			.meta({
				title: 'Post',
				description: 'Number of the post in its channel',
				examples: [42],
			}),
		newsletter_name: optional(channelInvite.newsletter_name),
		content_type: z
			.enum(['update', 'update_card', 'link_card'])
			.default('update')
			.meta({
				title: 'Content Type',
				description: 'How WhatsApp shows the post',
				examples: ['update'],
			}),
		...mentionable,
	}),
	context: (input) => ({
		forwards: 1,
		channelPost: {
			newsletterJid: input.newsletter_jid,
			serverMessageId: input.server_message_id,
			newsletterName: input.newsletter_name,
			contentType: contentTypes[input.content_type],
		},
	}),
	toContent: ({ text }) => ({ extendedTextMessage: { text } }),
})
