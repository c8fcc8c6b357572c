import { z } from '@hono/zod-openapi'
import { setBlocked } from '../../../../session/actions/contacts/block.ts'
import { aboutOf } from '../../../../session/actions/contacts/look-up.ts'
import { saveContact } from '../../../../session/actions/contacts/save.ts'
import { refreshField } from '../chats/picture.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { withForeignFieldNames } from '../../foreign-field-names.ts'
import { badRequest } from '../errors.ts'
import { sessionField } from '../fields.ts'
import { workingSession } from '../session.ts'
import { contactIdField } from './list.ts'

const names = { jid: 'contactId' }

/** What WhatsApp tells of a person, and what the account does with them. */
export const contactDetails = (services: Services): Endpoint[] => [
	endpoint({
		method: 'get',
		path: '/api/contacts/about',
		summary: 'Get the about text of a contact',
		action: 'read',
		body: z.object({ session: sessionField, contactId: contactIdField }),
		response: z.object({ about: z.string().nullable() }),
		async run(call) {
			const session = await workingSession(services, call)
			const { text: about } = await withForeignFieldNames(names, () =>
				session.withSocket((deps) => aboutOf(deps, call.body.contactId)),
			)
			return call.c.json({ about })
		},
	}),
	endpoint({
		method: 'get',
		path: '/api/contacts/profile-picture',
		summary: 'Get the picture of a contact',
		action: 'read',
		body: z.object({ session: sessionField, contactId: contactIdField, refresh: refreshField }),
		response: z.object({ profilePictureURL: z.string().nullable() }),
		async run(call) {
			const session = await workingSession(services, call)
			const { contactId, refresh: fresh } = call.body
			const profilePictureURL = await withForeignFieldNames(names, () =>
				session.pictures.urlOf(contactId, { fresh }),
			)
			return call.c.json({ profilePictureURL })
		},
	}),
	...[true, false].map((isBlocked) =>
		endpoint({
			method: 'post',
			path: `/api/contacts/${isBlocked ? 'block' : 'unblock'}`,
			summary: isBlocked ? 'Block a contact' : 'Unblock a contact',
			action: 'setting',
			body: z.object({ session: sessionField, contactId: contactIdField }),
			response: 'empty',
			statuses: [201],
			async run(call) {
				const session = await workingSession(services, call)
				await withForeignFieldNames(names, () =>
					session.withSocket((deps) => setBlocked(deps, call.body.contactId, isBlocked)),
				)
				return call.c.body(null, 201)
			},
		}),
	),
	endpoint({
		method: 'put',
		path: '/api/{session}/contacts/{chatId}',
		summary: 'Save a contact in the address book of the account',
		action: 'setting',
		body: z.object({ firstName: z.string().trim().max(100), lastName: z.string().trim().max(100) }),
		response: z.object({ success: z.literal(true) }),
		async run(call) {
			const session = await workingSession(services, call)
			const { firstName, lastName } = call.body
			const saved = {
				full_name: fullName(firstName, lastName),
				first_name: firstName,
				save_on_phone: true,
			}
			await withForeignFieldNames({ jid: 'chatId' }, () =>
				session.withSocket((deps) => saveContact(deps, call.param('chatId'), saved)),
			)
			return call.c.json({ success: true })
		},
	}),
]

function fullName(firstName: string, lastName: string): string {
	const name = [firstName, lastName].filter(Boolean).join(' ')
	if (!name) throw badRequest('firstName should not be empty')
	return name
}
