import { z } from '@hono/zod-openapi'
import { isGatewayError } from '../../../../errors.ts'
import { blockedPeople } from '../../../../session/actions/contacts/block.ts'
import { isSame } from '../../../../session/identity.ts'
import type { Session } from '../../../../session/session.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { withForeignFieldNames } from '../../foreign-field-names.ts'
import { sessionField } from '../fields.ts'
import { pageFields, pageOf, sortedBy } from '../paging.ts'
import { workingSession } from '../session.ts'
import { contactSchema, groupContact, wahaContact, type WahaContact } from './contact.ts'

export const contactIdField = z
	.string()
	.min(1)
	.meta({ description: 'Phone number, or the id of a person', examples: ['11111111111@c.us'] })

/** The people that a session knows. */
export const contactLists = (services: Services): Endpoint[] => [
	endpoint({
		method: 'get',
		path: '/api/contacts/all',
		summary: 'Get the contacts',
		action: 'read',
		body: z.object({
			session: sessionField,
			...pageFields,
			sortBy: z.enum(['id', 'name']).default('name'),
		}),
		response: z.array(contactSchema),
		async run(call) {
			const session = await workingSession(services, call)
			const { sortBy, sortOrder } = call.body
			const valueOf = ({ id, name, pushname }: WahaContact) =>
				sortBy === 'id' ? id : (name ?? pushname)
			const sorted = sortedBy(await contactsOf(session), valueOf, sortOrder)
			return call.c.json(pageOf(sorted, call.body))
		},
	}),
	endpoint({
		method: 'get',
		path: '/api/contacts',
		summary: 'Get a contact',
		action: 'read',
		body: z.object({ session: sessionField, contactId: contactIdField }),
		response: contactSchema,
		mayBeEmpty: true,
		async run(call) {
			const session = await workingSession(services, call)
			const found = await contactBy(session, call.body.contactId, 'contactId')
			return found ? call.c.json(found) : call.c.body(null)
		},
	}),
	{
		method: 'get',
		path: '/api/{session}/contacts/{id}',
		summary: 'Get a contact',
		action: 'read',
		response: contactSchema,
		mayBeEmpty: true,
		async run(call) {
			const session = await workingSession(services, call)
			const found = await contactBy(session, call.param('id'), 'id')
			return found ? call.c.json(found) : call.c.body(null)
		},
	},
]

async function contactsOf(session: Session): Promise<WahaContact[]> {
	const [known, blocked] = await Promise.all([
		session.people.contacts(),
		session.withSocket(blockedPeople),
	])
	const { me: account } = session.view()
	return known.map((each) => {
		const isBlocked = blocked.some((one) => isSame(one, each.contact))
		return wahaContact(each, { account, isBlocked })
	})
}

/** Undefined if nothing is known. */
async function contactBy(
	session: Session,
	given: string,
	field: string,
): Promise<WahaContact | undefined> {
	try {
		if (given.endsWith('@g.us')) return groupContact(await session.directory.chat(given))
		const found = await withForeignFieldNames({ jid: field }, () => session.people.contact(given))
		const { me: account } = session.view()
		return wahaContact(found, { account, isBlocked: found.blocked ?? false })
	} catch (error) {
		const isUnknown =
			isGatewayError(error, 'contact_not_found') || isGatewayError(error, 'chat_not_found')
		if (isUnknown) return undefined
		throw error
	}
}
