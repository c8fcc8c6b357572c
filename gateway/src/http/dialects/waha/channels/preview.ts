import { z } from '@hono/zod-openapi'
import { channelPosts } from '../../../../session/actions/channels/posts.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { withForeignFieldNames } from '../../foreign-field-names.ts'
import { rawContent } from '../../raw-content.ts'
import { count, flag } from '../fields.ts'
import { waMessageSchema } from '../responses.ts'
import { workingSession } from '../session.ts'
import { waMessage } from '../wa-message.ts'

const USUAL_POSTS = 10
const MOST_POSTS = 100

/** `GET …/channels/{id}/messages/preview`: the newest posts of a channel. */
export const channelPreview = (services: Services): Endpoint =>
	endpoint({
		method: 'get',
		path: '/api/{session}/channels/{id}/messages/preview',
		summary: 'Get the newest posts of a channel',
		action: 'read',
		body: z.object({
			limit: count.default(USUAL_POSTS),
			downloadMedia: flag.default(false).meta({ description: 'Whether files have their URL' }),
		}),
		response: z.array(
			z.object({
				message: waMessageSchema,
				reactions: z.record(z.string(), z.number()),
				viewCount: z.number().int(),
			}),
		),
		async run(call) {
			const session = await workingSession(services, call)
			const limit = Math.min(call.body.limit || USUAL_POSTS, MOST_POSTS)
			const { messages } = await withForeignFieldNames({ channel: 'id' }, () =>
				session.withSocket((deps) => channelPosts(deps, call.param('id'), { limit })),
			)
			const { me: account } = session.view()
			return call.c.json(
				messages.map(({ reactions, views, ...data }) => ({
					message: waMessage({
						...{ id: data.message_id, chat: data.chat, sender: data.sender, account },
						...{ fromMe: data.from_me, timestamp: data.timestamp, isOurs: false },
						...{ message: rawContent(data, undefined), stage: 'sent' },
						mediaUrl: call.body.downloadMedia ? data.media?.url : undefined,
					}),
					reactions,
					viewCount: views ?? 0,
				})),
			)
		},
	})
