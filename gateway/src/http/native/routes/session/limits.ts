import { z } from '@hono/zod-openapi'
import { limitReasons } from '../../../../session/governor/index.ts'
import { governorModes } from '../../../../session/session-settings.ts'
import { defineRoute } from '../../define-route.ts'

const figure = z
	.object({
		used: z.number().int(),
		limit: z.number().int().nullable().meta({ description: 'Null if there is none' }),
		remaining: z.number().int().nullable(),
	})
	.openapi('LimitFigure')

const figures = z.object({ hour: figure, day: figure })

const limitsSchema = z
	.object({
		mode: z.enum(governorModes).meta({ description: 'How careful the governor is' }),
		state: z
			.enum(['open', 'paused'])
			.meta({ description: 'Whether a first message to a new person may go out now' }),
		reason: z.enum(limitReasons).nullable().meta({ description: 'What holds it up' }),
		text: z.string().meta({ description: 'How things stand, in a sentence' }),
		next_at: z.iso
			.datetime()
			.nullable()
			.meta({ description: 'When the next first message may go out; null for now' }),
		first_messages: figures.meta({
			description: 'Messages to people who have never written, in the last hour and the last day',
		}),
		number_checks: figures.meta({
			description: 'Numbers that were looked up, in this hour of the clock and in the last 24',
		}),
		warm_up_until: z.iso
			.datetime()
			.nullable()
			.meta({ description: 'Until then the limits grow, as the device was linked lately' }),
		same_text: z
			.number()
			.int()
			.meta({ description: 'To how many new people the same text went within a day, at most' }),
		asked_at: z.iso
			.datetime()
			.nullable()
			.meta({ description: 'When WhatsApp said what follows; null if it never was asked' }),
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

/** What an account may do now. */
export const limitRoutes = [
	defineRoute({
		method: 'get',
		path: '/limits',
		summary: 'Get the limits of an account',
		description:
			"How many new people the account may write to now: the governor's figures, which are our judgement, and WhatsApp's own, which are asked for. Not verified against WhatsApp.",
		query: z.object({
			fresh: z.enum(['true', 'false']).default('true').meta({
				title: 'Fresh',
				description:
					'Whether to ask WhatsApp for its figures, or to tell the last ones, which needs no connection',
			}),
		}),
		answer: limitsSchema,
		success: 'The limits as they are now',
		node: { resource: 'session', name: 'Get Limits' },
		async run({ session, query }) {
			if (query.fresh === 'true') await session.withSocket(() => session.limits.ask())
			return session.limits.view()
		},
	}),
]
