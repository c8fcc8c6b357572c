import { z } from '@hono/zod-openapi'
import {
	changeParticipants,
	type ParticipantChange,
} from '../../../../session/actions/groups/participants.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { actIn } from '../act.ts'
import { chatIdOfJid } from '../chat-id.ts'
import { memberId, membersSchema, wahaMember } from './group.ts'
import { groupOf, people } from './list.ts'

const one = '/api/{session}/groups/{id}'

const changes: [path: string, change: ParticipantChange, summary: string][] = [
	['participants/add', 'add', 'Add members to a group'],
	['participants/remove', 'remove', 'Remove members from a group'],
	['admin/promote', 'promote', 'Make members of a group admins'],
	['admin/demote', 'demote', 'Make admins of a group ordinary members'],
]

/** The members of a group, and its admins. */
export const groupMembers = (services: Services): Endpoint[] => [
	{
		method: 'get',
		path: `${one}/participants`,
		summary: 'Get the members of a group, as Baileys describes them',
		action: 'read',
		response: membersSchema,
		async run(call) {
			const { participants } = await groupOf(services, call)
			return call.c.json(participants.map(wahaMember))
		},
	},
	{
		method: 'get',
		path: `${one}/participants/v2`,
		summary: 'Get the members of a group',
		action: 'read',
		response: z.array(z.object({ id: z.string(), pn: z.string().optional(), role: z.string() })),
		async run(call) {
			const { participants } = await groupOf(services, call)
			return call.c.json(
				participants.map((member) => ({
					id: memberId(member),
					...(member.phone && { pn: `${member.phone}@c.us` }),
					role: member.role === 'member' ? 'participant' : member.role,
				})),
			)
		},
	},
	...changes.map(([path, change, summary]) =>
		endpoint({
			method: 'post',
			path: `${one}/${path}`,
			summary,
			action: 'control',
			body: z.object({ participants: people }),
			response: z.array(z.looseObject({ status: z.string(), jid: z.string() })),
			async run(call) {
				const asked = call.body.participants.map(({ id }) => id)
				const results = await actIn(services, call, { jid: 'id' }, (deps) =>
					changeParticipants(deps, call.param('id'), change, asked),
				)
				return call.c.json(
					results.map(({ jid, code, status: word }) => {
						const id = chatIdOfJid(jid)
						const content = { tag: 'participant', attrs: { jid: id } }
						return { status: String(code ?? word), jid: id, content }
					}),
				)
			},
		}),
	),
]
