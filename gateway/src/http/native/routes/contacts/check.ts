import { z } from '@hono/zod-openapi'
import { checkNumbers } from '../../../../session/actions/contacts/check-numbers.ts'
import { defineRoute } from '../../define-route.ts'

const checked = z
	.object({
		phone: z.string().meta({ description: 'As it was asked for' }),
		exists: z
			.boolean()
			.nullable()
			.meta({ description: 'Null if WhatsApp left the number out of its answer' }),
		is_registered: z.boolean().nullable().meta({ description: 'The same, as WA-RS names it' }),
		jid: z
			.string()
			.nullable()
			.meta({ description: 'To send to; WhatsApp may spell the number differently' }),
	})
	.openapi('CheckedNumber')

/** Which numbers are on WhatsApp. */
export const checkRoutes = [
	defineRoute({
		method: 'post',
		path: '/contacts/check',
		summary: 'Check which phone numbers are on WhatsApp',
		description: 'WhatsApp blocks accounts that check many unknown numbers.',
		body: z.object({
			phones: z
				.array(z.string().max(40))
				.min(1)
				.max(100)
				.meta({ title: 'Phone Numbers', examples: [['4915112345678']] }),
		}),
		answer: z.object({ results: z.array(checked) }),
		success: 'In the order in which they were asked for',
		node: { resource: 'contact', name: 'Check Number', itemsOf: 'results' },
		async run({ session, body }) {
			const found = await session.withSocket((deps) => checkNumbers(deps, body.phones, 'phones'))
			const results = found.map(({ number: phone, exists, jid }) => ({
				...{ phone, exists, is_registered: exists, jid },
			}))
			return { results }
		},
	}),
]
