import { z } from '@hono/zod-openapi'
import { findChannel } from '../../../../session/actions/channels/find.ts'
import {
	changeFollowing,
	type FollowerChange,
} from '../../../../session/actions/channels/follow.ts'
import { listChannels } from '../../../../session/actions/channels/list.ts'
import { createChannel, deleteChannel } from '../../../../session/actions/channels/own.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { actIn } from '../act.ts'
import { optionalText } from '../fields.ts'
import { fileField, mediaSourceOf } from '../file.ts'
import { workingSession } from '../session.ts'
import { unsupported } from '../unsupported.ts'
import { channelSchema, wahaChannel } from './channel.ts'
import { channelPreview } from './preview.ts'

const all = '/api/{session}/channels'
const one = `${all}/{id}`

const roles = { OWNER: 'owner', ADMIN: 'admin', SUBSCRIBER: 'subscriber' } as const

const follower = (services: Services, change: FollowerChange): Endpoint => ({
	method: 'post',
	path: `${one}/${change}`,
	summary: `${change[0]!.toUpperCase()}${change.slice(1)} a channel`,
	action: 'control',
	response: 'empty',
	statuses: [201],
	async run(call) {
		await actIn(services, call, { channel: 'id' }, (deps) =>
			changeFollowing(deps, call.param('id'), change),
		)
		return call.c.body(null, 201)
	},
})

/** `/api/{session}/channels` and below. How WhatsApp searches channels is not known for sure. */
export const channels = (services: Services): Endpoint[] => [
	...unsupported('read', [
		['post', `${all}/search/by-view`],
		['post', `${all}/search/by-text`],
		['get', `${all}/search/views`],
		['get', `${all}/search/countries`],
		['get', `${all}/search/categories`],
	]),
	endpoint({
		method: 'get',
		path: all,
		summary: 'Get the channels that the account follows or has a part in',
		action: 'read',
		body: z.object({ role: z.enum(['OWNER', 'ADMIN', 'SUBSCRIBER']).optional() }),
		response: z.array(channelSchema),
		async run(call) {
			const role = call.body.role && roles[call.body.role]
			const found = await actIn(services, call, {}, (deps) =>
				listChannels(deps, { search: '', role }),
			)
			return call.c.json(found.map(wahaChannel))
		},
	}),
	endpoint({
		method: 'post',
		path: all,
		summary: 'Create a channel',
		action: 'control',
		body: z.object({
			name: z.string().min(1).max(100),
			description: optionalText,
			picture: fileField.nullish(),
		}),
		response: channelSchema,
		statuses: [201],
		async run(call) {
			const { name, description, picture: file } = call.body
			const session = await workingSession(services, call)
			const picture = file ? await session.pictureFrom(mediaSourceOf(file), 'picture') : undefined
			const made = await session.withSocket((deps) =>
				createChannel(deps, { name, description, picture }),
			)
			return call.c.json(wahaChannel(made), 201)
		},
	}),
	{
		method: 'get',
		path: one,
		summary: 'Get a channel by its id, its invite code or the link with it',
		action: 'read',
		response: channelSchema,
		async run(call) {
			const found = await actIn(services, call, { channel: 'id' }, (deps) =>
				findChannel(deps, call.param('id')),
			)
			return call.c.json(wahaChannel(found))
		},
	},
	{
		method: 'delete',
		path: one,
		summary: 'Delete a channel',
		action: 'delete',
		response: 'empty',
		async run(call) {
			await actIn(services, call, { channel: 'id' }, (deps) =>
				deleteChannel(deps, call.param('id')),
			)
			return call.c.body(null, 200)
		},
	},
	channelPreview(services),
	...(['follow', 'unfollow', 'mute', 'unmute'] as const).map((change) =>
		follower(services, change),
	),
]
