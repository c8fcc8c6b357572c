import { z } from '@hono/zod-openapi'
import { identity } from '../../../events/identity.ts'
import { doneSaying, doneWithWords } from '../../openapi/schemas.ts'
import { defineRoute } from '../define-route.ts'
import { chatRef } from '../params.ts'

/** Whether others are online. What the account shows is in `native/presence.ts`. */
export const subscribedPresenceRoutes = [
	defineRoute({
		method: 'post',
		path: '/presence/subscribe',
		summary: 'Subscribe to the presence of a contact',
		description:
			'The event `chat.presence` then says when they are online or type, while the account itself is `available`. It holds for the last 100 people, until the gateway is restarted. WhatsApp does not say whether it allows it.',
		body: z.object({ jid: chatRef }),
		answer: doneWithWords,
		node: { resource: 'contact', name: 'Subscribe to Presence' },
		async run({ session, body }) {
			await session.presences.subscribe(body.jid)
			return doneSaying('Subscribed to presence')
		},
	}),
	defineRoute({
		method: 'get',
		path: '/presence/{jid}',
		summary: 'Get the last known presence of a contact',
		description:
			'What was told since the gateway was started; nothing if nobody was subscribed to.',
		params: z.object({ jid: chatRef }),
		answer: z.object({
			presences: z.array(
				z.object({
					jid: z.string(),
					contact: identity,
					presence: z.string().meta({ examples: ['available'] }),
					last_seen: z.number().int().nullable().meta({ description: 'Unix time in seconds' }),
					at: z.iso.datetime().meta({ description: 'When it was told' }),
				}),
			),
		}),
		node: { resource: 'contact', name: 'Get Presence', itemsOf: 'presences' },
		run: async ({ session, params }) => ({
			presences: session.presences
				.of(params.jid)
				.map(({ sender, ...told }) => ({ jid: sender.id, contact: sender, ...told })),
		}),
	}),
]
