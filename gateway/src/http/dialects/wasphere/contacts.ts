import { z } from '@hono/zod-openapi'
import { checkNumbers, type CheckedNumber } from '../../../core/check-numbers.ts'
import { endpoint, type Endpoint, type Rooms } from '../dialect.ts'
import { inTheirWords } from '../names.ts'
import { limited } from './fields.ts'
import { API, sessionOf } from './session.ts'

const checked = z
	.object({ number: z.string(), jid: z.string().optional(), isOnWhatsApp: z.boolean() })
	.openapi('WaSphereContactCheck')

const group = z
	.object({ id: z.string(), subject: z.string(), size: z.number().int() })
	.openapi('WaSphereGroup')

/** Whom a session can write to: groups, and numbers that are on WhatsApp. */
export function contacts(rooms: Rooms): Endpoint[] {
	const session = `${API}/{sessionId}`
	return [
		{
			method: 'get',
			path: `${session}/groups`,
			summary: 'List groups',
			answer: z.array(group),
			async run(call) {
				const groups = await sessionOf(rooms, call).directory.groups()
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
			path: `${session}/contacts/{number}/check`,
			summary: 'Ask whether a number is on WhatsApp',
			answer: checked,
			async run(call) {
				const { withSocket } = sessionOf(rooms, call)
				const [found] = await inTheirWords({ 'numbers.0': 'number' }, () =>
					withSocket((memory) => checkNumbers(memory, [call.param('number')], 'numbers')),
				)
				return call.c.json(shown(found!))
			},
		},
		endpoint({
			method: 'post',
			path: `${session}/contacts/check-bulk`,
			summary: 'Ask which numbers are on WhatsApp',
			body: z.strictObject({ numbers: z.array(limited(40)).min(1).max(100) }),
			answer: z.array(checked),
			async run(call) {
				const { withSocket } = sessionOf(rooms, call)
				const { numbers } = call.body
				const found = await withSocket((memory) => checkNumbers(memory, numbers, 'numbers'))
				return call.c.json(found.map(shown))
			},
		}),
	]
}

const shown = ({ number, jid }: CheckedNumber) => ({
	number,
	jid: jid ?? undefined,
	isOnWhatsApp: jid !== null,
})
