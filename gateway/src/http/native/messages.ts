import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { stages } from '../../session/state/messages.ts'
import type { SendRequest } from '../../session/send/build-message.ts'
import type { Sessions } from '../../session/sessions.ts'
import { identity } from '../../events/identity.ts'
import { rawMessage } from '../../events/raw-message.ts'
import type { MessageDefinition } from '../../messages/define.ts'
import { messageTypes } from '../../messages/index.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import type { UploadOptions } from '../uploads/index.ts'
import { readBody } from '../request/body.ts'
import { json, problems, rejectInvalid, sessionParam } from '../openapi/schemas.ts'
import { sendBodySchema, sendRoute } from '../request/send-route.ts'
import { sendHeadersOf } from '../request/send-headers.ts'

const messageSchema = z
	.object({
		message_id: z.string(),
		to: z.string(),
		type: z.string(),
		from_me: z.boolean(),
		status: z.enum(stages),
		times: z.partialRecord(z.enum(stages), z.iso.datetime()),
		edited_at: z.iso.datetime().optional().meta({ description: 'When it was last changed' }),
		deleted_at: z.iso
			.datetime()
			.optional()
			.meta({ description: 'When it was deleted for everyone' }),
		receipts: z
			.array(
				z.object({
					by: identity,
					delivered: z.iso.datetime().optional(),
					read: z.iso.datetime().optional(),
					played: z.iso.datetime().optional(),
				}),
			)
			.optional()
			.meta({
				description:
					"The delivery status for each member of a group; `status` is then the server's only",
			}),
		raw: rawMessage.optional(),
	})
	.openapi('Message')

const show = createRoute({
	method: 'get',
	path: '/sessions/{session}/messages/{message_id}',
	summary: 'Get a message and its delivery status',
	request: {
		params: sessionParam.extend({ message_id: z.string() }),
		query: z.object({
			raw: z.enum(['true', 'false']).default('false').meta({
				description: 'Whether the answer has `raw`: the WhatsApp message as JSON',
			}),
		}),
	},
	responses: { 200: { description: 'The message', ...json(messageSchema) }, ...problems },
})

/** `POST /sessions/{session}/messages/<type>`, one per message type, and `GET …/messages/{message_id}`. */
export function messageRoutes(sessions: Sessions, uploads: UploadOptions) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
	for (const definition of messageTypes as readonly MessageDefinition[]) {
		app.openAPIRegistry.registerPath(sendRoute(definition))
		const names = [definition.type, ...(definition.aliases ?? [])]
		const paths = names.map((name) => `/sessions/:session/messages/${name}`)
		app.on('POST', paths, sender(definition))
	}
	app.openapi(show, async (c) => {
		const { session, message_id } = c.req.valid('param')
		const { timeline, raw } = sessions.get(session)
		const { stage, ...shown } = await timeline(message_id)
		const asked = c.req.valid('query').raw === 'true' && { raw: await raw(message_id) }
		return c.json({ ...shown, status: stage, ...asked }, 200)
	})
	return app

	function sender(definition: MessageDefinition) {
		const schema = sendBodySchema(definition)
		return async function send(c: Context<AppEnv>) {
			const session = sessions.get(c.req.param('session') ?? '')
			const { key, item } = sendHeadersOf(c)
			const { input, dispose } = await readBody(c, schema, uploads, definition.otherNames)
			try {
				const request = { type: definition.type, input: input as SendRequest['input'] }
				if (request.input.dry_run) return c.json(await session.dryRun(request), 200)
				const { status, ...sent } = await session.send(request, key, item)
				const choices = definition.choicesOf?.(input)
				const result = { ...sent, ...definition.answers, ...(choices && { choices }) }
				return status === 'sent' ? c.json(result, 200) : c.json({ ...result, status }, 202)
			} finally {
				await dispose()
			}
		}
	}
}
