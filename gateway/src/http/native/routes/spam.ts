import { z } from '@hono/zod-openapi'
import { reportSpam, spamFlows } from '../../../session/actions/report-spam.ts'
import { doneSchema, done } from '../../openapi/schemas.ts'
import { defineRoute } from '../define-route.ts'
import { contactRef, groupRef } from '../params.ts'

const flows = Object.keys(spamFlows) as [keyof typeof spamFlows]

/** Reports to WhatsApp. */
export const spamRoutes = [
	defineRoute({
		method: 'post',
		path: '/spam/report',
		summary: 'Report a message as spam',
		description:
			'Report a message of another person to WhatsApp. For a kept message its id is enough. Not verified against WhatsApp.',
		body: z.object({
			message_id: z
				.string()
				.min(1)
				.max(200)
				.meta({ title: 'Message ID', examples: ['3EB0C767D097B7C4'] }),
			message_timestamp: z
				.number()
				.int()
				.min(0)
				.optional()
				.meta({
					title: 'Message Time',
					description: 'Unix time in seconds; needed only if the gateway has not kept it',
					examples: [1_795_255_200],
				}),
			from_jid: contactRef.optional().meta({
				title: 'From',
				description: 'Who wrote it; needed only if the gateway has not kept it',
				examples: ['4915112345678'],
			}),
			participant_jid: contactRef.optional().meta({
				title: 'Author',
				description: 'Who wrote it in a group; likewise',
				examples: ['4915112345678'],
			}),
			group_jid: groupRef.optional(),
			group_subject: z
				.string()
				.max(100)
				.optional()
				.meta({ title: 'Group Name', examples: ['Team'] }),
			spam_flow: z.enum(flows).default('message_menu').meta({
				title: 'Reported From',
				description: 'Where in the app of a phone it would be reported',
			}),
			media_type: z.string().max(40).optional().meta({
				deprecated: true,
				description: 'Has no effect: the content of the message is not sent',
			}),
		}),
		answer: doneSchema.extend({ report_id: z.string().nullable() }),
		success: 'WhatsApp has the report',
		node: { resource: 'contact', name: 'Report Spam' },
		async run({ session, body: { media_type: _, ...report } }) {
			const report_id = await session.withSocket((deps) => reportSpam(deps, report))
			return { ...done, report_id }
		},
	}),
]
