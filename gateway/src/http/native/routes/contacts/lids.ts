import { z } from '@hono/zod-openapi'
import type { LidPair } from '../../../../session/actions/contacts/list.ts'
import { defineRoute } from '../../define-route.ts'
import { pageOf, pageQuery } from '../../params.ts'

const pairSchema = z
	.object({
		lid: z
			.string()
			.nullable()
			.meta({ examples: ['123456789012345@lid'] }),
		phone: z
			.string()
			.nullable()
			.meta({ examples: ['4915112345678'] }),
		jid: z
			.string()
			.nullable()
			.meta({ description: 'To send to', examples: ['4915112345678@s.whatsapp.net'] }),
	})
	.openapi('LidAndPhone')

const shown = ({ lid, phone }: LidPair): z.output<typeof pairSchema> => ({
	lid,
	phone,
	jid: phone && `${phone}@s.whatsapp.net`,
})

/** LIDs, the ids with which people hide their phone number, and the numbers behind them. */
export const lidRoutes = [
	defineRoute({
		method: 'get',
		path: '/contacts/lids',
		summary: 'Get many LIDs with their phone numbers',
		description: 'Get the pairs that are known to the session.',
		query: pageQuery(),
		answer: z.object({ lids: z.array(pairSchema), total: z.number().int() }),
		node: { resource: 'contact', name: 'Get Many LIDs', itemsOf: 'lids' },
		async run({ session, query }) {
			const { page, total } = pageOf(await session.people.lids(), query)
			return { lids: page.map(shown), total }
		},
	}),
	defineRoute({
		method: 'get',
		path: '/contacts/lids/{lid}',
		summary: 'Get the phone number of a LID',
		description:
			'The groups of the account are looked through as well. `phone` is null if nobody has told it yet: WhatsApp does not answer that. The event `contact.identity` tells it later.',
		params: z.object({
			lid: z
				.string()
				.min(1)
				.max(100)
				.meta({
					title: 'LID',
					description: 'With its ending `@lid` or without',
					examples: ['123456789012345@lid'],
				}),
		}),
		answer: pairSchema,
		node: { resource: 'contact', name: 'Get Phone by LID' },
		run: async ({ session, params }) => shown(await session.people.phoneOf(params.lid)),
	}),
	defineRoute({
		method: 'get',
		path: '/contacts/lids/phone/{phone}',
		summary: 'Get the LID of a phone number',
		description: '`lid` is null if the number is not on WhatsApp.',
		params: z.object({
			phone: z
				.string()
				.min(1)
				.max(100)
				.meta({
					title: 'Phone Number',
					description: 'With country code',
					examples: ['4915112345678'],
				}),
		}),
		answer: pairSchema,
		node: { resource: 'contact', name: 'Get LID by Phone' },
		run: async ({ session, params }) => shown(await session.people.lidOf(params.phone)),
	}),
]
