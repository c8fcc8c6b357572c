import { z } from '@hono/zod-openapi'
import { defineRoute } from '../../define-route.ts'
import { pageOf, pageQuery, queryFlag, search } from '../../params.ts'
import { contactParam, contactSchema, contactShown } from './schemas.ts'

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
]
