import { z } from '@hono/zod-openapi'
import { optional } from '../../../../messages/fields/optional.ts'
import {
	changeFollowing,
	type FollowerChange,
} from '../../../../session/actions/channels/follow.ts'
import {
	deleteChannel,
	setChannelPicture,
	updateChannel,
} from '../../../../session/actions/channels/own.ts'
import { done, doneSchema } from '../../../openapi/schemas.ts'
import { defineRoute } from '../../define-route.ts'
import { pictureBody } from '../pictures.ts'
import { channelPath, channelSchema, channelDescription, channelName } from './schemas.ts'

const adminsOnly = 'Only its admins may do it.'

/** What a follower does with a channel. */
const followerRoute = (change: FollowerChange, name: string, description?: string) =>
	defineRoute({
		method: 'post',
		path: `/channels/{channel}/${change}`,
		summary: `${name} a channel`,
		...(description && { description }),
		params: channelPath,
		answer: doneSchema,
		node: { resource: 'channel', name },
		async run({ session, params }) {
			await session.withSocket((deps) => changeFollowing(deps, params.channel, change))
			return done
		},
	})

/** Name, description and picture of a channel, and following it. */
export const channelSettingRoutes = [
	defineRoute({
		method: 'put',
		path: '/channels/{channel}',
		summary: 'Update a channel',
		description: `Change its name, its description, or both. ${adminsOnly}`,
		params: channelPath,
		body: z.object({ name: optional(channelName), description: optional(channelDescription) }),
		answer: channelSchema,
		node: { resource: 'channel', name: 'Update' },
		run: ({ session, params, body }) =>
			session.withSocket((deps) => updateChannel(deps, params.channel, body)),
	}),
	defineRoute({
		method: 'delete',
		path: '/channels/{channel}',
		summary: 'Delete a channel',
		description: 'Delete it for everybody. Only its owner may do it.',
		params: channelPath,
		answer: doneSchema,
		node: { resource: 'channel', name: 'Delete' },
		async run({ session, params }) {
			await session.withSocket((deps) => deleteChannel(deps, params.channel))
			return done
		},
	}),
	defineRoute({
		method: 'put',
		path: '/channels/{channel}/picture',
		summary: 'Set the picture of a channel',
		description: adminsOnly,
		params: channelPath,
		body: pictureBody,
		files: true,
		answer: channelSchema,
		node: { resource: 'channel', name: 'Set Picture' },
		async run({ session, params, body }) {
			const jpeg = await session.pictureFrom(body.image, 'image')
			return session.withSocket((deps) => setChannelPicture(deps, params.channel, jpeg))
		},
	}),
	defineRoute({
		method: 'delete',
		path: '/channels/{channel}/picture',
		summary: 'Remove the picture of a channel',
		description: adminsOnly,
		params: channelPath,
		answer: channelSchema,
		node: { resource: 'channel', name: 'Remove Picture' },
		run: ({ session, params }) =>
			session.withSocket((deps) => setChannelPicture(deps, params.channel, undefined)),
	}),
	followerRoute('follow', 'Follow'),
	followerRoute(
		'unfollow',
		'Unfollow',
		'The owner of a channel cannot do it: it is refused (403).',
	),
	followerRoute('mute', 'Mute', 'The devices of the account say nothing of new posts then.'),
	followerRoute('unmute', 'Unmute'),
]
