import { z } from '@hono/zod-openapi'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { withForeignFieldNames } from '../../foreign-field-names.ts'
import { unprocessable } from '../errors.ts'
import { count } from '../fields.ts'
import { pageOf, sortedBy } from '../paging.ts'
import { workingSession } from '../session.ts'

const pairSchema = z
	.object({ lid: z.string().nullable(), pn: z.string().nullable() })
	.openapi('WahaLid')

const personId = (phone: string | null) => phone && `${phone}@c.us`

/** The ids with which people hide their phone numbers, and the numbers behind them. */
export function lids(services: Services): Endpoint[] {
	const at = '/api/{session}/lids'

	return [
		endpoint({
			method: 'get',
			path: at,
			summary: 'Get the known LIDs with their phone numbers',
			action: 'read',
			body: z.object({ limit: count.default(100), offset: count.default(0) }),
			response: z.array(pairSchema),
			async run(call) {
				const session = await workingSession(services, call)
				const pairs = sortedBy(await session.people.lids(), ({ lid }) => lid)
				return call.c.json(
					pageOf(pairs, call.body).map(({ lid, phone }) => ({ lid, pn: personId(phone) })),
				)
			},
		}),
		{
			method: 'get',
			path: `${at}/count`,
			summary: 'Count the known LIDs',
			action: 'read',
			response: z.object({ count: z.number().int() }),
			async run(call) {
				const session = await workingSession(services, call)
				return call.c.json({ count: (await session.people.lids()).length })
			},
		},
		{
			method: 'get',
			path: `${at}/pn/{phoneNumber}`,
			summary: 'Get the LID of a phone number',
			action: 'read',
			response: pairSchema,
			async run(call) {
				const session = await workingSession(services, call)
				const given = call.param('phoneNumber')
				if (given.endsWith('@lid')) return call.c.json({ lid: given, pn: null })
				const { lid, phone } = await withForeignFieldNames({ phone: 'phoneNumber' }, () =>
					session.people.lidOf(given),
				)
				return call.c.json({ lid, pn: personId(phone) })
			},
		},
		{
			method: 'get',
			path: `${at}/{lid}`,
			summary: 'Get the phone number of a LID',
			action: 'read',
			response: pairSchema,
			async run(call) {
				const session = await workingSession(services, call)
				const given = call.param('lid')
				if (given.includes('@') && !given.endsWith('@lid'))
					throw unprocessable('Invalid LID - it must end with @lid')
				const { lid, phone } = await session.people.phoneOf(given)
				return call.c.json({ lid, pn: personId(phone) })
			},
		},
	]
}
