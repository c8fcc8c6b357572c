import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { stages } from '../../core/message-store.ts'
import type { Sessions } from '../../core/sessions.ts'
import { messageTypes } from '../../messages/index.ts'
import type { MessageDefinition } from '../../messages/define.ts'
import type { AppEnv } from '../caller.ts'
import { json, jsonBody, problems, refuseInvalid, sessionParam } from './schemas.ts'

const envelope = z.object({
	to: z.string().meta({
		title: 'To',
		description: 'A phone number with country code, or an id',
		examples: ['4915112345678'],
	}),
	reply_to: z
		.string()
		.min(1)
		.optional()
		.meta({ title: 'Reply To', description: 'Id of the message to answer' }),
})

const sent = z
	.object({
		message_id: z.string().meta({ examples: ['3EB0538DA65A59F6D8A251'] }),
		timestamp: z.number().int().meta({ description: 'Unix time in seconds' }),
		to: z.string(),
	})
	.openapi('Sent')

const pending = sent.extend({ status: z.literal('pending') }).openapi('Pending')

const messageSchema = z
	.object({
		message_id: z.string(),
		to: z.string(),
		type: z.string(),
		from_me: z.boolean(),
		status: z.enum(stages),
		times: z.partialRecord(z.enum(stages), z.iso.datetime()),
	})
	.openapi('Message')

const headers = z.object({
	'idempotency-key': z
		.string()
		.min(1)
		.max(255)
		.optional()
		.meta({ description: 'Who repeats a request with the same key sends nothing twice' }),
	'batch-item': z
		.string()
		.regex(/^.{1,200};\d{1,6}$/, 'must be a name, a semicolon and a number from 0')
		.transform((text) => {
			const at = text.lastIndexOf(';')
			return { batch: text.slice(0, at), index: Number(text.slice(at + 1)) }
		})
		.optional()
		.meta({
			description: 'Place in a batch that arrives in its order: its name, `;`, index from 0',
		}),
})

const show = createRoute({
	method: 'get',
	path: '/sessions/{session}/messages/{message_id}',
	summary: 'Show a message and how far it got',
	request: { params: sessionParam.extend({ message_id: z.string() }) },
	responses: { 200: { description: 'The message', ...json(messageSchema) }, ...problems },
})

/** `POST /sessions/{session}/messages/<type>`, one per message type, and `GET …/messages/{message_id}`. */
export function messageRoutes(sessions: Sessions) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid })
	for (const message of messageTypes) {
		app.openapi(sendRoute(message), async (c) => {
			const session = sessions.get(c.req.valid('param').session)
			const body = c.req.valid('json')
			const { to, reply_to: replyTo } = body as z.output<typeof envelope>
			const content = message.toContent(message.schema.parse(body))
			const request = { to, type: message.type, content, replyTo }
			const { 'idempotency-key': key, 'batch-item': item } = c.req.valid('header')
			const { status, ...result } = await session.send(request, key, item)
			return status === 'sent' ? c.json(result, 200) : c.json({ ...result, status }, 202)
		})
	}
	app.openapi(show, async (c) => {
		const { session, message_id } = c.req.valid('param')
		const { stage, ...shown } = await sessions.get(session).message(message_id)
		return c.json({ ...shown, status: stage }, 200)
	})
	return app
}

function sendRoute({ type, title, schema }: MessageDefinition) {
	return createRoute({
		method: 'post',
		path: `/sessions/{session}/messages/${type}`,
		summary: `Send: ${title}`,
		request: { params: sessionParam, headers, body: jsonBody(envelope.extend(schema.shape)) },
		responses: {
			200: { description: "WhatsApp's server has it", ...json(sent) },
			202: { description: 'It left; WhatsApp has not answered yet', ...json(pending) },
			...problems,
		},
	})
}
