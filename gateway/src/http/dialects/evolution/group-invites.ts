import { z } from '@hono/zod-openapi'
import { inviteCodeField, inviteLinkOf } from '../../../messages/fields/invite-code.ts'
import { groupOfInvite, inviteCode, joinByCode } from '../../../session/actions/groups/invites.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { sendTranslated } from '../send.ts'
import { groupFields, groupJidOf } from './group-jid.ts'
import { recipientOf } from './recipient.ts'
import { sessionOf } from './session.ts'

/** Invite links of groups. */
export const groupInvites = (services: Services): Endpoint[] => [
	endpoint({
		method: 'get',
		path: '/group/inviteCode/{instance}',
		summary: 'Show the invite link of a group',
		body: z.object(groupFields),
		response: z.object({ inviteUrl: z.string(), inviteCode: z.string() }),
		run: (call) =>
			sessionOf(services, call).withSocket(async (deps) => {
				const code = await inviteCode(deps, groupJidOf(call.body), false)
				return call.c.json({ inviteUrl: inviteLinkOf(code), inviteCode: code })
			}),
	}),
	endpoint({
		method: 'post',
		path: '/group/revokeInviteCode/{instance}',
		summary: 'Revoke the invite link of a group',
		body: z.object(groupFields),
		response: z.object({ revoked: z.literal(true), inviteCode: z.string() }),
		statuses: [201],
		run: (call) =>
			sessionOf(services, call).withSocket(async (deps) => {
				const code = await inviteCode(deps, groupJidOf(call.body), true)
				return call.c.json({ revoked: true, inviteCode: code }, 201)
			}),
	}),
	endpoint({
		method: 'get',
		path: '/group/inviteInfo/{instance}',
		summary: 'Show the group of an invite link',
		body: z.object({ inviteCode: inviteCodeField }),
		response: z.looseObject({ id: z.string(), subject: z.string() }),
		run: (call) =>
			sessionOf(services, call).withSocket(async (deps) => {
				const group = await groupOfInvite(deps, call.body.inviteCode)
				const { jid: id, name: subject, participant_count: size, topic: desc, owner } = group
				return call.c.json({ id, subject, size, desc, owner, creation: group.created_at })
			}),
	}),
	endpoint({
		method: 'get',
		path: '/group/acceptInviteCode/{instance}',
		summary: 'Join a group by its invite link',
		body: z.object({ inviteCode: inviteCodeField }),
		response: z.object({ accepted: z.literal(true), groupJid: z.string() }),
		run: (call) =>
			sessionOf(services, call).withSocket(async (deps) => {
				const { group_jid: groupJid } = await joinByCode(deps, call.body.inviteCode)
				return call.c.json({ accepted: true, groupJid })
			}),
	}),
	endpoint({
		method: 'post',
		path: '/group/sendInvite/{instance}',
		summary: 'Send the invite link of a group to people',
		body: z.object({
			...groupFields,
			description: z.string(),
			numbers: z.array(z.string().min(1)).min(1),
		}),
		response: z.object({ send: z.literal(true), inviteUrl: z.string() }),
		async run(call) {
			const { body, c } = call
			const session = sessionOf(services, call)
			const jid = groupJidOf(body)
			// Whoever cannot be written to is known before anybody is.
			const people = await Promise.all(body.numbers.map((one) => recipientOf(session, one)))
			const inviteUrl = inviteLinkOf(
				await session.withSocket((deps) => inviteCode(deps, jid, false)),
			)
			const text = [body.description, inviteUrl].filter(Boolean).join('\n\n')
			for (const [part, to] of people.entries())
				await sendTranslated(call, session, {
					type: 'text',
					fields: { to, text, check_recipient: false },
					part,
				})
			return c.json({ send: true, inviteUrl })
		},
	}),
]
