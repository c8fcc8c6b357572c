import { z } from '@hono/zod-openapi'
import { isGatewayError } from '../../../errors.ts'
import { groupPicture } from '../../../session/actions/groups/picture.ts'
import type { SessionDeps } from '../../../session/session-deps.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { Refused } from './errors.ts'
import { groupFields, groupJidOf } from './group-jid.ts'
import { groupSchema, participantSchema, shownGroup } from './group-shown.ts'
import { sessionOf } from './session.ts'

/** Groups as they are. */
export const groupLists = (services: Services): Endpoint[] => [
	endpoint({
		method: 'get',
		path: '/group/findGroupInfos/{instance}',
		summary: 'Show a group',
		body: z.object(groupFields),
		response: groupSchema,
		run: (call) =>
			sessionOf(services, call).withSocket(async (deps) => {
				const group = await groupOf(deps, groupJidOf(call.body))
				const pictureUrl = await pictureOf(deps, group.id)
				return call.c.json(shownGroup(group, deps.otherName, { pictureUrl }))
			}),
	}),
	endpoint({
		method: 'get',
		path: '/group/fetchAllGroups/{instance}',
		summary: 'List the groups of the account',
		body: z.object({ getParticipants: z.enum(['true', 'false']) }),
		response: z.array(groupSchema),
		run: (call) =>
			sessionOf(services, call).withSocket(async ({ groups, otherName }) => {
				const withMembers = call.body.getParticipants === 'true'
				const found = await groups.all()
				return call.c.json(found.map((group) => shownGroup(group, otherName, { withMembers })))
			}),
	}),
	endpoint({
		method: 'get',
		path: '/group/participants/{instance}',
		summary: 'List the members of a group',
		body: z.object(groupFields),
		response: z.object({ participants: z.array(participantSchema.loose()) }),
		run: (call) =>
			sessionOf(services, call).withSocket(async (deps) => {
				const group = await groupOf(deps, groupJidOf(call.body))
				const { participants = [] } = shownGroup(group, deps.otherName)
				const { people, pictures } = sessionOf(services, call)
				const named = participants.map(async (member) => {
					const { saved_name: saved, name = saved } = await people.namesOf(member.id)
					const imgUrl = pictures.knownOf(member.id)
					return { ...member, ...(name && { name }), ...(imgUrl && { imgUrl }) }
				})
				return call.c.json({ participants: await Promise.all(named) })
			}),
	}),
]

/** @throws Refused, with 404, for a group that WhatsApp does not show to the account */
async function groupOf({ groups }: SessionDeps, jid: string) {
	try {
		return await groups.get(jid)
	} catch (error) {
		const isHidden =
			isGatewayError(error, 'whatsapp_not_found') || isGatewayError(error, 'whatsapp_forbidden')
		throw isHidden ? new Refused(['Error fetching group', error.message], 'not_found') : error
	}
}

/** A group without one, or whose picture is not shown, has none. */
const pictureOf = (deps: SessionDeps, jid: string): Promise<string | null> =>
	groupPicture(deps, jid, { preview: false })
		.then((picture) => picture?.url ?? null)
		.catch(() => null)
