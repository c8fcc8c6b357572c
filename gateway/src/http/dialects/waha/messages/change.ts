import { z } from '@hono/zod-openapi'
import { endpoint, type Call, type Endpoint, type Services } from '../../dialect.ts'
import { sendTranslated } from '../../send.ts'
import { bareIdOf, readMessageId } from '../message-id.ts'
import { sentSchema } from '../responses.ts'
import { mentioned, mentionFields } from '../sends/common.ts'
import { sendNow } from '../sends/sending.ts'
import { previewFields } from '../sends/texts.ts'
import { workingSession } from '../session.ts'

const at = '/api/{session}/chats/{chatId}/messages/{messageId}'

const done = z.object({ success: z.literal(true) })

const names = {
	to: 'chatId',
	...{ message_id: 'messageId', participant: 'messageId', original_sender: 'messageId' },
	duration_seconds: 'duration',
}

/** How long a message is pinned. */
const durations = [86_400, 604_800, 2_592_000] as const

/** What is done to a message that was sent: it is edited, deleted for everyone, or pinned. */
export const messageChanges = (services: Services): Endpoint[] => [
	endpoint({
		method: 'put',
		path: at,
		summary: 'Edit a message',
		action: 'send',
		body: z.object({ text: z.string().min(1), ...mentionFields, ...previewFields }),
		response: sentSchema,
		async run(call) {
			const session = await workingSession(services, call)
			const fields = { ...target(call), text: call.body.text, ...mentioned(call.body) }
			return call.c.json(await sendNow(call, session, { type: 'edit', fields, names }))
		},
	}),
	{
		method: 'delete',
		path: at,
		summary: 'Delete a message for everyone',
		action: 'delete',
		response: sentSchema,
		async run(call) {
			const session = await workingSession(services, call)
			const meant = meantIn(call)
			const original_sender = meant?.fromMe === false ? meant.participant : undefined
			const fields = { ...target(call), original_sender }
			return call.c.json(await sendNow(call, session, { type: 'revoke', fields, names }))
		},
	},
	endpoint({
		method: 'post',
		path: `${at}/pin`,
		summary: 'Pin a message in its chat',
		action: 'send',
		body: z.object({
			duration: z.literal(durations).meta({ description: 'Seconds: a day, a week or 30 days' }),
		}),
		response: done,
		statuses: [201],
		run: (call) => pin(services, call, call.body.duration),
	}),
	{
		method: 'post',
		path: `${at}/unpin`,
		summary: 'Unpin a message',
		action: 'send',
		response: done,
		statuses: [201],
		run: (call) => pin(services, call, 0),
	},
]

async function pin(services: Services, call: Call, duration_seconds: number): Promise<Response> {
	const session = await workingSession(services, call)
	const { fromMe: from_me, participant } = meantIn(call) ?? {}
	const fields = { ...target(call), duration_seconds, from_me, participant }
	await sendTranslated(call, session, { type: 'pin', fields, names })
	return call.c.json({ success: true }, 201)
}

/** What the id of the path says of its message; undefined for a bare one. */
const meantIn = ({ param }: Pick<Call, 'param'>) => readMessageId(param('messageId'))

/** The chat counts that the path names, not the one within the id. */
const target = ({ param }: Pick<Call, 'param'>) => ({
	to: param('chatId'),
	message_id: bareIdOf(param('messageId')),
})
