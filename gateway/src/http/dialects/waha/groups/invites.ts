import { z } from '@hono/zod-openapi'
import { inviteCodeField } from '../../../../messages/fields/invite-code.ts'
import {
	groupOfInvite,
	inviteCode,
	joinByCode,
} from '../../../../session/actions/groups/invites.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { actIn } from '../act.ts'
import { groupSchema, wahaGroup } from './group.ts'

const all = '/api/{session}/groups'

/** Invite links of groups. Codes are answered as JSON texts. */
export const groupInvites = (services: Services): Endpoint[] => [
	endpoint({
		method: 'get',
		path: `${all}/join-info`,
		summary: 'Get the group of an invite link',
		action: 'read',
		body: z.object({ code: inviteCodeField }),
		response: groupSchema,
		async run(call) {
			const { code } = call.body
			const group = await actIn(services, call, {}, (deps) => groupOfInvite(deps, code))
			return call.c.json(wahaGroup(group))
		},
	}),
	endpoint({
		method: 'post',
		path: `${all}/join`,
		summary: 'Join a group by its invite link',
		action: 'control',
		body: z.object({ code: inviteCodeField }),
		response: z.object({ id: z.string() }),
		async run(call) {
			const { code } = call.body
			const { group_jid: id } = await actIn(services, call, {}, (deps) => joinByCode(deps, code))
			return call.c.json({ id })
		},
	}),
	...[
		{ method: 'get', path: '', summary: 'Get the invite code of a group', isNew: false } as const,
		{
			method: 'post',
			path: '/revoke',
			summary: 'Revoke the invite code of a group',
			isNew: true,
		} as const,
	].map(({ method, path, summary, isNew }): Endpoint => ({
		method,
		path: `${all}/{id}/invite-code${path}`,
		summary,
		action: isNew ? 'control' : 'read',
		response: z.string(),
		async run(call) {
			const found = await actIn(services, call, { jid: 'id' }, (deps) =>
				inviteCode(deps, call.param('id'), isNew),
			)
			return call.c.json(found)
		},
	})),
]
