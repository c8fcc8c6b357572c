import { z } from '@hono/zod-openapi'
import { identity } from '../../../events/identity.ts'
import { envelope } from '../../../messages/envelope.ts'
import { react } from '../../../messages/types/react.ts'
import { done, sentSchema } from '../../openapi/schemas.ts'
import { defineRoute } from '../define-route.ts'
import { contactRef, queryFlag } from '../params.ts'
import { keptMessage } from './kept-message.ts'

const MOST_STATUSES = 500

const messageId = z
	.string()
	.min(1)
	.max(200)
	.meta({ title: 'Status', description: 'Id of the status', examples: ['3EB0C767D097B7C4'] })
const params = z.object({ message_id: messageId })

/** Status updates, besides posting them: that is a message to `status@broadcast`. */
export const statusRoutes = [
	defineRoute({
		method: 'get',
		path: '/statuses',
		summary: 'Get many statuses',
		description:
			'Get the statuses of the account and its contacts of the last 24 hours, as far as they reached the gateway.',
		query: z.object({
			from: contactRef.optional(),
			mine: queryFlag.optional().meta({
				title: 'Mine',
				description: 'Whether to list those that the account posted; false lists the others',
			}),
			limit: z.coerce.number().int().min(1).max(MOST_STATUSES).default(50).meta({
				title: 'Limit',
				description: 'Max number of results to return',
			}),
		}),
		answer: z.object({ statuses: z.array(keptMessage) }),
		success: 'Newest first',
		node: { resource: 'status', name: 'Get Many', itemsOf: 'statuses' },
		run: async ({ session, query }) => ({ statuses: await session.statuses.list(query) }),
	}),
	defineRoute({
		method: 'post',
		path: '/status/react',
		summary: 'React to a status',
		description: 'The one who posted it sees the reaction. An empty `reaction` removes it.',
		body: z.object({
			status_owner: contactRef.optional(),
			message_id: messageId,
			reaction: react.schema.shape.emoji,
		}),
		answer: sentSchema,
		success: 'The reaction was sent',
		node: { resource: 'status', name: 'React' },
		async run({ session, body }) {
			const { status_owner: owner, message_id: id, reaction } = body
			const sent = await session.statuses.react(id, reaction, owner)
			return { ...done, message_id: sent.message_id, status: sent.status }
		},
	}),
	defineRoute({
		method: 'get',
		path: '/status/{message_id}/viewers',
		summary: 'Get many viewers of a status',
		description:
			'Get the people who received or read a status of the account. Those who hide read receipts are never shown as readers.',
		params,
		answer: z.object({
			viewers: z.array(
				z.object({
					by: identity,
					delivered: z.iso.datetime().nullable(),
					read: z.iso.datetime().nullable(),
				}),
			),
			total: z.number().int(),
		}),
		node: { resource: 'status', name: 'Get Many Viewers', itemsOf: 'viewers' },
		async run({ session, params }) {
			const viewers = await session.statuses.viewers(params.message_id)
			return { viewers, total: viewers.length }
		},
	}),
	defineRoute({
		method: 'delete',
		path: '/status/{message_id}',
		twin: { method: 'post', path: '/status/{message_id}/delete' },
		summary: 'Delete a status',
		description: 'Delete a status of the account for everyone who was to see it.',
		params,
		body: z.object({
			audience: envelope.shape.audience.meta({
				title: 'Audience',
				description:
					'People who see it: phone numbers or ids; needed only if another device posted it',
				examples: [['4915112345678']],
			}),
		}),
		answer: sentSchema,
		success: 'It was deleted',
		node: { resource: 'status', name: 'Delete' },
		async run({ session, params, body }) {
			const sent = await session.statuses.remove(params.message_id, body.audience)
			return { ...done, message_id: sent.message_id, status: sent.status }
		},
	}),
]
