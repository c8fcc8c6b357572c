import { createHash } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { media } from '../../../../messages/media-source.ts'
import { findChannel } from '../../../../session/actions/channels/find.ts'
import { listChannels } from '../../../../session/actions/channels/list.ts'
import { createChannel } from '../../../../session/actions/channels/own.ts'
import { defineRoute } from '../../define-route.ts'
import { pageOf, pageQuery, search } from '../../params.ts'
import { channelPath, channelSchema, channelDescription, channelName } from './schemas.ts'

const role = z
	.enum(['owner', 'admin', 'subscriber'])
	.optional()
	.meta({ title: 'Role', description: 'What the account is in them' })

/** Channels, which many follow and few write in. */
export const channelListRoutes = [
	defineRoute({
		method: 'get',
		path: '/channels',
		summary: 'Get many channels',
		description: 'Get the channels that the account owns, administers or follows, by name.',
		query: pageQuery(1_000).extend({ search, role }),
		answer: z.object({ channels: z.array(channelSchema), total: z.number().int() }),
		node: { resource: 'channel', name: 'Get Many', itemsOf: 'channels' },
		async run({ session, query }) {
			const all = await session.withSocket((deps) => listChannels(deps, query))
			const { page: channels, total } = pageOf(all, query)
			return { channels, total }
		},
	}),
	defineRoute({
		method: 'post',
		path: '/channels',
		summary: 'Create a channel',
		description:
			"Create a channel with the account as its owner. With the first one the account accepts WhatsApp's terms for channels.",
		body: z.object({
			name: channelName,
			description: channelDescription.optional(),
			picture: media({
				title: 'Picture',
				description: 'An image of any usual kind; its middle becomes a JPEG of 640 × 640 pixels',
				example: 'https://example.com/image.jpg',
			}).optional(),
		}),
		files: true,
		answer: channelSchema,
		status: 201,
		creates: true,
		node: { resource: 'channel', name: 'Create' },
		async run({ session, body: { name, description, picture: image }, idempotencyKey }) {
			const picture = image && (await session.pictureFrom(image, 'picture'))
			const sha256 = picture && createHash('sha256').update(picture).digest('hex')
			const request = { type: 'channel', input: { name, description, sha256 } }
			return session.createOnce(idempotencyKey, request, () =>
				session.withSocket((deps) => createChannel(deps, { name, description, picture })),
			)
		},
	}),
	defineRoute({
		method: 'get',
		path: '/channels/{channel}',
		summary: 'Get a channel',
		description:
			'By its id, its invite code or the link with it. The answer is 410 for a channel that was deleted or suspended, and 451 for one that is not to be seen in the country of the account.',
		params: channelPath,
		answer: channelSchema,
		node: { resource: 'channel', name: 'Get' },
		run: ({ session, params }) => session.withSocket((deps) => findChannel(deps, params.channel)),
	}),
]
