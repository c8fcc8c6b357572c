import { z } from '@hono/zod-openapi'
import { channelMessage } from '../../../../events/types/channel-message.ts'
import {
	channelPosts,
	reactToPost,
	viewPosts,
	watchChannel,
} from '../../../../session/actions/channels/posts.ts'
import { done, doneSchema } from '../../../openapi/schemas.ts'
import { defineRoute } from '../../define-route.ts'
import { channelPath, postNumber } from './schemas.ts'

const postSchema = channelMessage.data
	.extend({
		server_message_id: z.number().int().meta({ description: 'Number of the post' }),
		views: z.number().int().nullable().meta({ description: 'How often it was seen' }),
		reactions: z
			.record(z.string(), z.number().int())
			.meta({ description: 'How often it has each emoji', examples: [{ '👍': 12 }] }),
	})
	.openapi('ChannelPost')

const MOST_POSTS = 100

const numberField = postNumber.meta({
	title: 'Post Number',
	description: 'The `server_message_id` of the post',
	examples: [101],
})

/** What is published in a channel. */
export const channelPostRoutes = [
	defineRoute({
		method: 'get',
		path: '/channels/{channel}/messages',
		summary: 'Get many posts of a channel',
		description: 'Get what WhatsApp has of them, the newest first.',
		params: channelPath,
		query: z.object({
			limit: z.coerce.number().int().min(1).max(MOST_POSTS).default(50).meta({
				title: 'Limit',
				description: 'Max number of results to return',
			}),
			before: postNumber.optional().meta({
				title: 'Before',
				description: 'Only posts before the one with this number: `next` of the page before',
				examples: [101],
			}),
		}),
		answer: z.object({
			messages: z.array(postSchema),
			next: z.number().int().nullable().meta({ description: '`before` of the next page' }),
		}),
		node: {
			resource: 'channel',
			name: 'Get Many Messages',
			itemsOf: 'messages',
			pagedBy: 'before',
		},
		run: ({ session, params, query }) =>
			session.withSocket((deps) => channelPosts(deps, params.channel, query)),
	}),
	defineRoute({
		method: 'post',
		path: '/channels/{channel}/messages/viewed',
		summary: 'Mark posts of a channel as viewed',
		description: 'WhatsApp counts the account among those who have seen them.',
		params: channelPath,
		body: z.object({
			server_ids: z
				.array(postNumber)
				.min(1)
				.max(MOST_POSTS)
				.meta({
					title: 'Post Numbers',
					description: 'The `server_message_id` of each',
					examples: [[101, 102]],
				}),
		}),
		answer: doneSchema,
		node: { resource: 'channel', name: 'Mark as Viewed' },
		async run({ session, params, body }) {
			await session.withSocket((deps) => viewPosts(deps, params.channel, body.server_ids))
			return done
		},
	}),
	defineRoute({
		method: 'post',
		path: '/channels/{channel}/messages/{server_id}/react',
		summary: 'React to a post of a channel',
		params: channelPath.extend({ server_id: numberField }),
		body: z.object({
			emoji: z
				.string()
				.max(64)
				.meta({
					title: 'Emoji',
					description: 'One emoji; empty removes the reaction',
					examples: ['👍'],
				}),
		}),
		answer: doneSchema,
		node: { resource: 'channel', name: 'React to Message' },
		async run({ session, params: { channel, server_id }, body }) {
			await session.withSocket((deps) => reactToPost(deps, channel, server_id, body.emoji))
			return done
		},
	}),
	defineRoute({
		method: 'post',
		path: '/channels/{channel}/live',
		summary: 'Watch a channel',
		description:
			'For so many seconds the events `channel.reaction` and `channel.view` tell how the reactions and views of its posts change. Ask again before they are over.',
		params: channelPath,
		answer: z.object({ seconds: z.number().int() }),
		node: { resource: 'channel', name: 'Watch' },
		run: async ({ session, params }) => ({
			seconds: await session.withSocket((deps) => watchChannel(deps, params.channel)),
		}),
	}),
]
