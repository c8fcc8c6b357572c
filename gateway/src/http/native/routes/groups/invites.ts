import { z } from '@hono/zod-openapi'
import { GatewayError } from '../../../../errors.ts'
import { inviteCodeField, inviteLinkOf } from '../../../../messages/fields/invite-code.ts'
import {
	acceptInvitation,
	groupOfInvite,
	invitationIn,
	inviteCode,
	joinByCode,
} from '../../../../session/actions/groups/invites.ts'
import { defineRoute } from '../../define-route.ts'
import { queryFlag } from '../../params.ts'
import { detailsSchema, groupPath } from './schemas.ts'

const linkSchema = z.object({ invite_link: z.string(), code: z.string() })
const linkOf = (code: string) => ({ invite_link: inviteLinkOf(code), code })

const joinBody = z.object({
	code: inviteCodeField.optional().meta({
		title: 'Invite Code',
		description: "Code of the group's invite link, or the whole link; or the code of an invitation",
		examples: ['AbCdEfGhIjKlMnOpQrStUv'],
	}),
	message_id: z
		.string()
		.max(128)
		.optional()
		.meta({
			title: 'Message ID',
			description: 'Of a received message with an invitation, instead of the code',
			examples: ['3EB0538DA65A59F6D8A251'],
		}),
	group_jid: z
		.string()
		.max(200)
		.optional()
		.meta({
			title: 'Group',
			description: 'Id of the group, with the code of an invitation',
			examples: ['120363000000000000@g.us'],
		}),
	expiration: z
		.number()
		.int()
		.min(0)
		.optional()
		.meta({
			title: 'Valid Until',
			description: 'Unix time in seconds, of an invitation',
			examples: [1_893_456_000],
		}),
	inviter: z
		.string()
		.max(200)
		.optional()
		.meta({
			title: 'Inviter',
			description: 'Who sent the invitation',
			examples: ['4915112345678'],
		}),
})

/** Invite links of groups, and joining by them. */
export const groupInviteRoutes = [
	defineRoute({
		method: 'get',
		path: '/groups/invite-info',
		summary: 'Get a group by its invite link',
		description: 'Get what WhatsApp shows of a group to holders of its invite link.',
		query: z.object({ code: inviteCodeField }),
		answer: detailsSchema,
		success: 'The group; perhaps with some of its members only',
		node: { resource: 'group', name: 'Get by Invite' },
		run: ({ session, query }) => session.withSocket((deps) => groupOfInvite(deps, query.code)),
	}),
	defineRoute({
		method: 'post',
		path: '/groups/join',
		summary: 'Join a group',
		description:
			'Join by the code of an invite link, or by an invitation that came in a message. Where admins approve who joins, this asks them.',
		body: joinBody,
		answer: z.object({ status: z.enum(['joined', 'requested']), group_jid: z.string() }),
		success: '`requested`: admins have to approve it',
		node: { resource: 'group', name: 'Join' },
		run: ({ session, body }) =>
			session.withSocket(async (deps) => {
				const { code, message_id, group_jid, expiration, inviter } = body
				if (message_id) return acceptInvitation(deps, await invitationIn(deps, message_id))
				if (!code) throw missing('code', 'Give `code`, or `message_id` of an invitation.')
				if (!group_jid) return joinByCode(deps, code)
				if (expiration === undefined || !inviter)
					throw missing('expiration', 'An invitation needs `expiration` and `inviter` as well.')
				return acceptInvitation(deps, { group_jid, code, expiration, inviter })
			}),
	}),
	defineRoute({
		method: 'get',
		path: '/groups/{jid}/invite-link',
		summary: 'Get the invite link of a group',
		description: 'Only admins may, unless the group lets all members share it.',
		params: groupPath,
		query: z.object({
			reset: queryFlag.optional().meta({
				title: 'Reset',
				description: 'Whether the group gets a new link; the old one ends',
			}),
		}),
		answer: linkSchema,
		node: { resource: 'group', name: 'Get Invite Link' },
		async run({ session, params, query }) {
			const reset = query.reset ?? false
			return linkOf(await session.withSocket((deps) => inviteCode(deps, params.jid, reset)))
		},
	}),
	defineRoute({
		method: 'post',
		path: '/groups/{jid}/invite-link/revoke',
		summary: 'Revoke the invite link of a group',
		description: 'Give the group a new invite link; the old one ends.',
		params: groupPath,
		answer: linkSchema,
		success: 'The new link',
		node: { resource: 'group', name: 'Revoke Invite Link' },
		async run({ session, params }) {
			return linkOf(await session.withSocket((deps) => inviteCode(deps, params.jid, true)))
		},
	}),
]

const missing = (field: string, advice: string) =>
	new GatewayError('invalid_request', advice, { field })
