import { z } from '@hono/zod-openapi'
import type { Endpoint, Services } from '../dialect.ts'
import { chatIdField, flag, optionalText, sessionField } from './fields.ts'
import { repliedIn } from './reply.ts'
import { sendingIn } from './sending.ts'

/** What every send takes besides the fields of its type. */
const commonFields = {
	session: sessionField,
	chatId: chatIdField,
	reply_to: optionalText,
}

const names = { to: 'chatId' }

/** `POST /api/sendText` and its siblings. */
export function sends(services: Services): Endpoint[] {
	const send = sendingIn(services)
	return [
		send({
			path: '/api/sendText',
			summary: 'Send a text message',
			body: z.object({
				...commonFields,
				text: z.string().min(1),
				linkPreview: flag.default(true),
				linkPreviewHighQuality: flag.default(false),
			}),
			translate: async ({ chatId: to, text, reply_to, linkPreview: link_preview }, session) => ({
				type: 'text',
				fields: { to, text, link_preview, ...(await repliedIn(session, reply_to)) },
				names,
			}),
		}),
	]
}
