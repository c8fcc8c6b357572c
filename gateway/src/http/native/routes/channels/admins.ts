import { z } from '@hono/zod-openapi'
import {
	acceptAdminInvite,
	channelAdmins,
	channelFollowers,
	demoteAdmin,
	inviteAdmin,
	revokeAdminInvite,
	transferChannel,
} from '../../../../session/actions/channels/admins.ts'
import type { SessionDeps } from '../../../../session/session-deps.ts'
import { done, doneSchema } from '../../../openapi/schemas.ts'
import { defineRoute, type RouteDefinition } from '../../define-route.ts'
import { contactRef, pageOf, pageQuery } from '../../params.ts'
import { channelPath, followerSchema, personSchema } from './schemas.ts'

const adminsOnly = 'Only its admins may do it.'
const ownerOnly = 'Only its owner may do it.'
const adminPath = channelPath.extend({ jid: contactRef })
const personBody = z.object({ jid: contactRef })

type PersonChange = Pick<RouteDefinition, 'method' | 'path' | 'summary' | 'description'> & {
	/** Of the node's operation. */
	name: string
	act(deps: SessionDeps, channel: string, person: string): Promise<void>
}

/** What the owner of a channel does with the rights of a person. */
const personRoute = ({ name, act, ...route }: PersonChange) =>
	defineRoute({
		...route,
		params: adminPath,
		answer: doneSchema,
		node: { resource: 'channel', name },
		async run({ session, params: { channel, jid } }) {
			await session.withSocket((deps) => act(deps, channel, jid))
			return done
		},
	})

/** Who follows a channel, and who may write in it. */
export const channelAdminRoutes = [
	defineRoute({
		method: 'get',
		path: '/channels/{channel}/followers',
		summary: 'Get many followers of a channel',
		description: `WhatsApp does not list them all if they are many; \`total\` is how many there are. ${adminsOnly}`,
		params: channelPath,
		query: pageQuery(),
		answer: z.object({ followers: z.array(followerSchema), total: z.number().int() }),
		node: { resource: 'channel', name: 'Get Many Followers', itemsOf: 'followers' },
		async run({ session, params, query }) {
			const { followers: all, total } = await session.withSocket((deps) =>
				channelFollowers(deps, params.channel, query.offset + query.limit),
			)
			return { followers: pageOf(all, query).page, total }
		},
	}),
	defineRoute({
		method: 'get',
		path: '/channels/{channel}/admins',
		summary: 'Get the admins of a channel',
		description: `With its owner, and those who are invited to become one. ${adminsOnly}`,
		params: channelPath,
		answer: z.object({
			admins: z.array(followerSchema).meta({ description: 'As WhatsApp lists them' }),
			invited: z.array(personSchema),
			total: z.number().int().meta({ description: 'How many admins there are' }),
		}),
		node: { resource: 'channel', name: 'Get Admins' },
		run: ({ session, params }) => session.withSocket((deps) => channelAdmins(deps, params.channel)),
	}),
	defineRoute({
		method: 'post',
		path: '/channels/{channel}/admins',
		summary: 'Invite an admin to a channel',
		description: `WhatsApp does not tell the person: send them a message of the type \`newsletter-admin-invite\`. ${ownerOnly}`,
		params: channelPath,
		body: personBody,
		answer: z.object({
			success: z.literal(true),
			expires_at: z
				.number()
				.int()
				.nullable()
				.meta({ description: 'Until when they can accept, Unix time in seconds' }),
		}),
		node: { resource: 'channel', name: 'Invite Admin' },
		run: async ({ session, params, body }) => ({
			...done,
			expires_at: await session.withSocket((deps) => inviteAdmin(deps, params.channel, body.jid)),
		}),
	}),
	personRoute({
		method: 'delete',
		path: '/channels/{channel}/admins/{jid}',
		summary: 'Remove an admin of a channel',
		description: `Make an admin an ordinary follower. ${ownerOnly}`,
		name: 'Remove Admin',
		act: demoteAdmin,
	}),
	personRoute({
		method: 'delete',
		path: '/channels/{channel}/admin-invites/{jid}',
		summary: 'Revoke the invitation of an admin',
		description: ownerOnly,
		name: 'Revoke Admin Invite',
		act: revokeAdminInvite,
	}),
	defineRoute({
		method: 'post',
		path: '/channels/{channel}/admin-invites/accept',
		summary: 'Accept the invitation to a channel as an admin',
		params: channelPath,
		answer: doneSchema,
		node: { resource: 'channel', name: 'Accept Admin Invite' },
		async run({ session, params }) {
			await session.withSocket((deps) => acceptAdminInvite(deps, params.channel))
			return done
		},
	}),
	defineRoute({
		method: 'post',
		path: '/channels/{channel}/owner',
		summary: 'Transfer a channel',
		description: `Make another admin its owner; the account stays an admin. ${ownerOnly}`,
		params: channelPath,
		body: personBody,
		answer: doneSchema,
		node: { resource: 'channel', name: 'Transfer' },
		async run({ session, params, body }) {
			await session.withSocket((deps) => transferChannel(deps, params.channel, body.jid))
			return done
		},
	}),
]
