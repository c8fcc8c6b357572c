import { z } from '@hono/zod-openapi'
import { askAccountLimits } from '../../../../session/ask/account-limits.ts'
import { defineRoute } from '../../define-route.ts'
import { SECOND_MS } from '../../../../lib/units.ts'

const limitsSchema = z
	.object({
		reachout: z
			.object({
				active: z.boolean(),
				until: z.iso.datetime().nullable(),
				type: z
					.string()
					.nullable()
					.meta({ description: 'The reason, in the words of WhatsApp', examples: ['BIZ_QUALITY'] }),
			})
			.meta({
				description:
					'Whether WhatsApp refuses messages to people whom the account has not written to before',
			}),
		new_chats: z
			.object({
				quota: z.number().int().nullable(),
				used: z.number().int().nullable(),
				status: z
					.string()
					.nullable()
					.meta({ description: 'In the words of WhatsApp', examples: ['FIRST_WARNING'] }),
			})
			.meta({ description: 'How many chats the account may begin; null for what is not said' }),
	})
	.openapi('AccountLimits')

/** What WhatsApp does not let an account do for some time. */
export const limitRoutes = [
	defineRoute({
		method: 'get',
		path: '/limits',
		summary: 'Get the limits of an account',
		description:
			'Whether WhatsApp lets the account write to new people, and how many. Ask before a message to many people: a refused one makes it worse. Not verified against WhatsApp.',
		answer: limitsSchema,
		success: 'The limits as they are now',
		node: { resource: 'session', name: 'Get Limits' },
		async run({ session }) {
			const { reachout, newChats } = await session.withSocket(({ socket }) =>
				askAccountLimits(socket),
			)
			const { until } = reachout
			const ends = until === null ? null : new Date(until * SECOND_MS).toISOString()
			return { reachout: { ...reachout, until: ends }, new_chats: newChats }
		},
	}),
]
