import { z } from '@hono/zod-openapi'
import { identity } from '../identity.ts'

const text = z.string().optional()
const yes = z.boolean().optional()

const ad = z
	.object({
		source_type: text,
		source_id: text,
		source_url: text,
		source_app: text,
		title: text,
		body: text,
		ctwa_clid: text.meta({ description: 'Click id of Click to WhatsApp' }),
		ref: text,
		entry_point: text.meta({ description: 'As in `entry_point.source`, such as `ctwa_ad`' }),
		ad_type: z.enum(['ctwa', 'cawc']).optional(),
		media_type: z.enum(['none', 'image', 'video']).optional(),
		media_url: text,
		thumbnail_url: text,
		image_url: text,
		preview_url: text,
		website_url: text,
		greeting: text,
		greeting_shown: yes,
		call: yes,
		payload: text,
		advertiser: text,
		caption: text,
		conversion_source: text,
		conversion_data: text.meta({ description: 'Base64' }),
		conversion_delay_seconds: z.number().optional(),
		ctwa_signals: text,
		ctwa_payload: text.meta({ description: 'Base64' }),
	})
	.optional()
	.meta({ description: 'The ad or link that the message answers, or by which its sender came' })

const entryPoint = z
	.object({
		source: text,
		app: text,
		delay_seconds: z.number().optional(),
		external_source: text,
		external_medium: text,
		utm_source: text,
		utm_campaign: text,
	})
	.optional()
	.meta({ description: 'How the sender came to the chat: an ad, a link, a search' })

const partOf = z
	.object({
		message_id: z.string(),
		kind: text.meta({ description: '`event_cover_image`, `poll_media`, `status_add_yours`, …' }),
		index: z.number().int().optional(),
	})
	.optional()
	.meta({ description: 'The message that this one belongs to, if that is no album' })

const bot = z
	.object({
		persona_id: text,
		invoked_by: identity.optional(),
		response_id: text,
		disclaimer: text,
		suggestions: z.array(z.string()).optional(),
		sources: z.array(z.object({ title: z.string(), url: z.string() })).optional(),
	})
	.optional()
	.meta({ description: 'Facts about the bot that wrote the message' })

const status = z
	.object({
		group: yes.meta({ description: 'Whether it is the status of a group' }),
		close_friends: yes,
		source: z.enum(['image', 'video', 'gif', 'audio', 'text', 'music']).optional(),
		attribution: text,
		music: z.object({ title: text, author: text }).optional(),
	})
	.optional()
	.meta({ description: 'The source of a status, and its audience' })

/** What a message says around its content; each is there only where it applies. */
export const messageFacts = {
	ad,
	entry_point: entryPoint,
	album_id: text.meta({ description: 'Id of the album that the message belongs to' }),
	part_of: partOf,
	threads: z
		.array(z.object({ message_id: z.string(), kind: z.enum(['replies', 'ai']).optional() }))
		.optional(),
	group_mentions: z
		.array(z.object({ id: z.string(), name: z.string().nullable() }))
		.optional()
		.meta({ description: 'The groups that are mentioned' }),
	frequently_forwarded: yes.meta({ description: 'Whether it was forwarded five times or more' }),
	forward_origin: z.enum(['chat', 'status', 'channel', 'meta_ai', 'ugc']).optional(),
	forwarded_from_business: identity.optional(),
	forwarded_from_bot: z.object({ id: text, name: text, creator: text }).optional(),
	action_link: z.object({ url: text, title: text }).optional(),
	question: yes.meta({ description: 'Whether it asks a question of a channel' }),
	question_reply: z
		.object({ question_id: z.number().int().optional(), question: text, response: text })
		.optional(),
	status_post: status,
	member_label: text.meta({ description: 'The label beside the name of the sender in the group' }),
	campaign: z.object({ client_id: text, server_id: text }).optional(),
	bot,
	support_payload: text.meta({ description: 'JSON, of messages of WhatsApp’s support' }),
	business_api_group: yes,
	sharing_limited: yes.meta({ description: 'Whether the chat has advanced privacy' }),
}
