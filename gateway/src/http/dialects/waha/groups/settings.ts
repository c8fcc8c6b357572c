import { z } from '@hono/zod-openapi'
import {
	groupPicture,
	removeGroupPicture,
	setGroupPicture,
} from '../../../../session/actions/groups/picture.ts'
import { updateGroup, type GroupUpdate } from '../../../../session/actions/groups/update.ts'
import type { GroupDetails } from '../../../../session/actions/groups/details.ts'
import { endpoint, type Call, type Endpoint, type Services } from '../../dialect.ts'
import { actIn } from '../act.ts'
import { flag } from '../fields.ts'
import { fileField, mediaSourceOf } from '../file.ts'
import { workingSession } from '../session.ts'
import { groupOf } from './list.ts'

const one = '/api/{session}/groups/{id}'
const done = z.object({ success: z.literal(true) })
const names = { jid: 'id', name: 'subject' }

const switches = {
	'info-admin-only': {
		summary: 'only admins edit a group',
		read: (group: GroupDetails) => group.only_admins_edit,
		change: (adminsOnly: boolean): GroupUpdate => ({ locked: adminsOnly }),
	},
	'messages-admin-only': {
		summary: 'only admins write in a group',
		read: (group: GroupDetails) => group.only_admins_send,
		change: (adminsOnly: boolean): GroupUpdate => ({ announce: adminsOnly }),
	},
}

/** Name, description, picture and settings of a group. */
export function groupSettings(services: Services): Endpoint[] {
	async function update(call: Call, change: GroupUpdate): Promise<Response> {
		await actIn(services, call, names, (deps) => updateGroup(deps, call.param('id'), change))
		return call.c.json(true)
	}

	return [
		endpoint({
			method: 'put',
			path: `${one}/subject`,
			summary: 'Change the name of a group',
			action: 'control',
			body: z.object({ subject: z.string().min(1).max(100) }),
			response: z.literal(true),
			run: (call) => update(call, { name: call.body.subject }),
		}),
		endpoint({
			method: 'put',
			path: `${one}/description`,
			summary: 'Change the description of a group',
			action: 'control',
			body: z.object({ description: z.string().max(2048) }),
			response: z.literal(true),
			run: (call) => update(call, { description: call.body.description || null }),
		}),
		...Object.entries(switches).flatMap(([name, { summary, read, change }]): Endpoint[] => [
			{
				method: 'get',
				path: `${one}/settings/security/${name}`,
				summary: `Show whether ${summary}`,
				action: 'read',
				response: z.object({ adminsOnly: z.boolean() }),
				run: async (call) => call.c.json({ adminsOnly: read(await groupOf(services, call)) }),
			},
			endpoint({
				method: 'put',
				path: `${one}/settings/security/${name}`,
				summary: `Set whether ${summary}`,
				action: 'control',
				body: z.object({ adminsOnly: flag }),
				response: z.literal(true),
				run: (call) => update(call, change(call.body.adminsOnly)),
			}),
		]),
		{
			method: 'get',
			path: `${one}/picture`,
			summary: 'Get the picture of a group',
			action: 'read',
			response: z.object({ url: z.string().nullable() }),
			async run(call) {
				const picture = await actIn(services, call, names, (deps) =>
					groupPicture(deps, call.param('id'), { preview: false }),
				)
				return call.c.json({ url: picture?.url ?? null })
			},
		},
		endpoint({
			method: 'put',
			path: `${one}/picture`,
			summary: 'Set the picture of a group',
			action: 'control',
			body: z.object({ file: fileField }),
			response: done,
			async run(call) {
				const session = await workingSession(services, call)
				const jpeg = await session.pictureFrom(mediaSourceOf(call.body.file), 'file')
				await actIn(services, call, names, (deps) => setGroupPicture(deps, call.param('id'), jpeg))
				return call.c.json({ success: true })
			},
		}),
		{
			method: 'delete',
			path: `${one}/picture`,
			summary: 'Remove the picture of a group',
			action: 'control',
			response: done,
			async run(call) {
				await actIn(services, call, names, (deps) => removeGroupPicture(deps, call.param('id')))
				return call.c.json({ success: true })
			},
		},
	]
}
