import { z } from '@hono/zod-openapi'
import { isGatewayError } from '../../../../errors.ts'
import { createGroup } from '../../../../session/actions/groups/create.ts'
import { groupDetails } from '../../../../session/actions/groups/details.ts'
import { leaveGroup } from '../../../../session/actions/groups/leave.ts'
import { endpoint, type Call, type Endpoint, type Services } from '../../dialect.ts'
import { actIn } from '../act.ts'
import { notFound } from '../errors.ts'
import { pageFields, pageOf, sortedBy } from '../paging.ts'
import { unsupported } from '../unsupported.ts'
import { allGroups, groupSchema, wahaGroup } from './group.ts'

const all = '/api/{session}/groups'
const one = `${all}/{id}`

export const people = z
	.array(z.object({ id: z.string().min(1) }))
	.min(1)
	.max(1_000)

/** The group of a request, and those of the account. */
export const groupLists = (services: Services): Endpoint[] => [
	endpoint({
		method: 'post',
		path: all,
		summary: 'Create a group',
		action: 'control',
		body: z.object({ name: z.string().min(1).max(100), participants: people }),
		response: groupSchema,
		statuses: [201],
		async run(call) {
			const { name, participants } = call.body
			const asked = { name, participants: participants.map(({ id }) => id) }
			const made = await actIn(services, call, {}, (deps) => createGroup(deps, asked, undefined))
			return call.c.json(wahaGroup(made.group), 201)
		},
	}),
	endpoint({
		method: 'get',
		path: all,
		summary: 'Get the groups of the account, by their ids',
		action: 'read',
		body: z.object({
			...pageFields,
			sortBy: z.enum(['id', 'subject']).default('id'),
			exclude: z.union([z.string(), z.array(z.string())]).optional(),
		}),
		response: z.record(z.string(), groupSchema),
		async run(call) {
			const { sortBy, sortOrder, exclude = [], ...page } = call.body
			const groups = await actIn(services, call, {}, allGroups)
			const withMembers = ![exclude].flat().includes('participants')
			const sorted = sortedBy(
				groups,
				sortBy === 'id' ? ({ jid }) => jid : ({ name }) => name,
				sortOrder,
			)
			const shown = pageOf(sorted, page).map((group) => [group.jid, wahaGroup(group, withMembers)])
			return call.c.json(Object.fromEntries(shown))
		},
	}),
	{
		method: 'get',
		path: `${all}/count`,
		summary: 'Count the groups of the account',
		action: 'read',
		response: z.object({ count: z.number().int() }),
		async run(call) {
			const groups = await actIn(services, call, {}, allGroups)
			return call.c.json({ count: groups.length })
		},
	},
	{
		method: 'post',
		path: `${all}/refresh`,
		summary: 'Read the groups of the account anew',
		action: 'control',
		response: z.object({ success: z.literal(true) }),
		async run(call) {
			await actIn(services, call, {}, allGroups)
			return call.c.json({ success: true })
		},
	},
	{
		method: 'get',
		path: one,
		summary: 'Get a group',
		action: 'read',
		response: groupSchema,
		run: async (call) => call.c.json(wahaGroup(await groupOf(services, call))),
	},
	{
		method: 'post',
		path: `${one}/leave`,
		summary: 'Leave a group',
		action: 'control',
		response: 'empty',
		async run(call) {
			await actIn(services, call, { jid: 'id' }, (deps) => leaveGroup(deps, call.param('id')))
			return call.c.body(null, 200)
		},
	},
	...unsupported('delete', [['delete', one]]),
]

/** The group that a request names. @throws WahaError with 404 for one that WhatsApp does not show to the account */
export async function groupOf(services: Services, call: Call) {
	try {
		return await actIn(services, call, { jid: 'id' }, (deps) =>
			groupDetails(deps, call.param('id'), 'jid'),
		)
	} catch (error) {
		const isHidden =
			isGatewayError(error, 'whatsapp_not_found') || isGatewayError(error, 'whatsapp_forbidden')
		throw isHidden ? notFound('Group not found') : error
	}
}
