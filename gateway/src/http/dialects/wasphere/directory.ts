import { z } from '@hono/zod-openapi'
import {
	checkNumbers,
	type CheckedNumber,
} from '../../../session/actions/contacts/check-numbers.ts'
import { groupDetails } from '../../../session/actions/groups/details.ts'
import { answerUnreadable } from '../../../session/ask/whatsapp-errors.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { withForeignFieldNames } from '../foreign-field-names.ts'
import { textOf } from './fields.ts'
import { API, sessionOf } from './session.ts'

const checked = z
	.object({ number: z.string(), jid: z.string().optional(), isOnWhatsApp: z.boolean() })
	.openapi('WaSphereContactCheck')

const group = z
	.object({ id: z.string(), subject: z.string(), size: z.number().int() })
	.openapi('WaSphereGroup')

const details = group
	.extend({
		desc: z.string().nullable(),
		owner: z.string().nullable(),
		creation: z
			.number()
			.int()
			.nullable()
			.meta({ description: 'Unix time of its creation, in seconds' }),
		participants: z.array(
			z.object({ id: z.string(), admin: z.enum(['superadmin', 'admin']).nullable() }),
		),
	})
	.openapi('WaSphereGroupDetails')

/** `…/groups` and `…/contacts`: groups, and whether numbers are on WhatsApp. */
export function directory(services: Services): Endpoint[] {
	const session = `${API}/{sessionId}`
	return [
		{
			method: 'get',
			path: `${session}/groups`,
			summary: 'List groups',
			response: z.array(group),
			async run(call) {
				const groups = await sessionOf(services, call).directory.groups()
				return call.c.json(
					groups.map(({ jid, name, participant_count }) => ({
						id: jid,
						subject: name,
						size: participant_count,
					})),
				)
			},
		},
		{
			method: 'get',
			path: `${session}/groups/{groupId}`,
			summary: 'Get a group and its members',
			response: details,
			async run(call) {
				const found = await sessionOf(services, call).withSocket((deps) =>
					groupDetails(deps, call.param('groupId'), 'groupId'),
				)
				return call.c.json({
					id: found.jid,
					subject: found.name,
					size: found.participants.length,
					desc: found.topic,
					owner: found.owner,
					creation: found.created_at,
					participants: found.participants.map(({ jid: id, role }) => ({
						id,
						admin: role === 'member' ? null : role,
					})),
				})
			},
		},
		{
			method: 'get',
			path: `${session}/contacts/{number}/check`,
			summary: 'Check whether a number is on WhatsApp',
			response: checked,
			async run(call) {
				const { withSocket } = sessionOf(services, call)
				const [found] = await withForeignFieldNames({ 'numbers.0': 'number' }, () =>
					withSocket((deps) => checkNumbers(deps, [call.param('number')], 'numbers')),
				)
				return call.c.json(shown(found!))
			},
		},
		endpoint({
			method: 'post',
			path: `${session}/contacts/check-bulk`,
			summary: 'Check which numbers are on WhatsApp',
			body: z.strictObject({ numbers: z.array(textOf(40)).min(1).max(100) }),
			response: z.array(checked),
			async run(call) {
				const { withSocket } = sessionOf(services, call)
				const { numbers } = call.body
				const found = await withSocket((deps) => checkNumbers(deps, numbers, 'numbers'))
				return call.c.json(found.map(shown))
			},
		}),
	]
}

// WaSphere has no word for "not answered".
const shown = ({ number, exists, jid }: CheckedNumber) => {
	if (exists === null) throw answerUnreadable(`it leaves ${number} out`)
	return { number, jid: jid ?? undefined, isOnWhatsApp: exists }
}
