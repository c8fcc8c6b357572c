import { z } from '@hono/zod-openapi'
import { commonGroups } from '../../../../session/actions/contacts/common-groups.ts'
import { removeContact, saveContact } from '../../../../session/actions/contacts/save.ts'
import { done, doneSchema } from '../../../openapi/schemas.ts'
import { defineRoute } from '../../define-route.ts'
import { pageOf, pageQuery, queryFlag, search } from '../../params.ts'
import { groupShown, summarySchema } from '../groups/schemas.ts'
import { contactParam, contactSchema, contactShown } from './schemas.ts'

const byNumber =
	'WhatsApp does it by phone number: a LID whose number is not known is refused (409).'

/** The people that a session knows. */
export const contactListRoutes = [
	defineRoute({
		method: 'get',
		path: '/contacts',
		summary: 'Get many contacts',
		description:
			'Get the people whose names are known, by name: from the address book of the account, from chats and groups.',
		query: pageQuery().extend({
			limit: pageQuery().shape.limit.pipe(z.number().max(1_000)),
			q: search,
			saved: queryFlag.optional().meta({
				title: 'Saved',
				description: 'Whether to list those in the address book alone; false lists the others',
			}),
		}),
		answer: z.object({
			contacts: z.array(contactSchema),
			total: z.number().int(),
			limit: z.number().int(),
			offset: z.number().int(),
		}),
		success: 'By name',
		node: { resource: 'contact', name: 'Get Many', itemsOf: 'contacts' },
		async run({ session, query }) {
			const { limit, offset, saved } = query
			const known = await session.people.contacts(query.q, saved)
			const { page, total } = pageOf(known, query)
			return { contacts: page.map(contactShown), total, limit, offset }
		},
	}),
	defineRoute({
		method: 'get',
		path: '/contacts/{jid}',
		summary: 'Get a contact',
		description: 'What is known of a person without asking WhatsApp.',
		params: contactParam,
		answer: contactSchema.extend({
			is_blocked: z
				.boolean()
				.nullable()
				.meta({ description: 'Null while WhatsApp cannot be asked' }),
		}),
		success: 'The contact',
		node: { resource: 'contact', name: 'Get' },
		async run({ session, params }) {
			const found = await session.people.contact(params.jid)
			return { ...contactShown(found), is_blocked: found.blocked }
		},
	}),
	defineRoute({
		method: 'put',
		path: '/contacts/{jid}',
		summary: 'Save a contact',
		description: `Save a person in the address book of the account, or give them another name in it, on all of its devices. ${byNumber}`,
		params: contactParam,
		body: z.object({
			full_name: z
				.string()
				.trim()
				.min(1)
				.max(100)
				.meta({ title: 'Full Name', examples: ['Ada Lovelace'] }),
			first_name: z
				.string()
				.trim()
				.max(100)
				.optional()
				.meta({
					title: 'First Name',
					description: 'Left out, there is none afterwards',
					examples: ['Ada'],
				}),
			save_on_phone: z.boolean().default(true).meta({
				title: 'Save on Phone',
				description: "Whether the phone writes it into its own address book, beside WhatsApp's",
			}),
		}),
		answer: contactSchema,
		success: 'The contact as it is now',
		node: { resource: 'contact', name: 'Save' },
		run: async ({ session, params, body }) =>
			contactShown(await session.withSocket((deps) => saveContact(deps, params.jid, body))),
	}),
	defineRoute({
		method: 'delete',
		path: '/contacts/{jid}',
		summary: 'Remove a contact',
		description: `Remove a person from the address book of the account. Chats and messages stay. ${byNumber}`,
		params: contactParam,
		answer: doneSchema,
		success: 'All devices of the account follow it',
		node: { resource: 'contact', name: 'Delete' },
		async run({ session, params }) {
			await session.withSocket((deps) => removeContact(deps, params.jid))
			return done
		},
	}),
	defineRoute({
		method: 'get',
		path: '/contacts/{jid}/groups',
		summary: 'Get many groups with a contact',
		description: 'Get the groups that both the account and the contact are in, by name.',
		params: contactParam,
		query: pageQuery(),
		answer: z.object({ groups: z.array(summarySchema), total: z.number().int() }),
		success: 'By name',
		node: { resource: 'contact', name: 'Get Many Groups', itemsOf: 'groups' },
		async run({ session, params, query }) {
			const found = await session.withSocket((deps) => commonGroups(deps, params.jid))
			const { page, total } = pageOf(found, query)
			return { groups: page.map(groupShown), total }
		},
	}),
]
