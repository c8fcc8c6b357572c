import { z } from '@hono/zod-openapi'
import type { Endpoint, Services } from '../../dialect.ts'
import { unprocessable } from '../errors.ts'
import { chatIdField, flag, optionalText, sessionField } from '../fields.ts'
import { fileField, mediaSourceOf } from '../file.ts'
import { addressed, commonFields, mentioned, mentionFields, names, ownIdField } from './common.ts'
import { sendingIn } from './sending.ts'

export const previewFields = {
	linkPreview: flag.default(true),
	linkPreviewHighQuality: flag
		.default(false)
		.meta({ description: 'The preview is the same either way' }),
}

const textFields = {
	...commonFields,
	...mentionFields,
	...previewFields,
	text: z.string().min(1),
	id: ownIdField,
}

const textBody = z.object(textFields)

/** `POST /api/sendText`, and its old spellings. */
export function texts(services: Services): Endpoint[] {
	const send = sendingIn(services)
	const text = (path: string, summary: string, body = textBody) =>
		send({
			path,
			summary,
			body,
			translate: async (given, session) => ({
				type: 'text',
				fields: {
					...(await addressed(session, given)),
					...mentioned(given),
					text: given.text,
					link_preview: given.linkPreview,
				},
				names,
				messageId: given.id,
			}),
		})

	return [
		send({
			path: '/api/send/link-custom-preview',
			summary: 'Send a text with a preview of your own',
			body: z.object({
				...commonFields,
				text: z.string().min(1),
				linkPreviewHighQuality: flag.default(true),
				preview: z.object({
					url: z.string().min(1),
					title: z.string().min(1),
					description: optionalText,
					image: fileField.nullish(),
				}),
			}),
			async translate({ text, preview, ...given }, session) {
				if (!text.includes(preview.url)) throw unprocessable('text must contain preview.url')
				const image = preview.image ? mediaSourceOf(preview.image) : undefined
				return {
					type: 'text',
					fields: { ...(await addressed(session, given)), text },
					context: { preview: { ...preview, image } },
					names: { ...names, preview: 'preview.image' },
				}
			},
		}),
		text('/api/sendText', 'Send a text message'),
		text(
			'/api/reply',
			'Reply to a message with a text',
			z.object({ ...textFields, reply_to: z.string().min(1) }) as unknown as typeof textBody,
		),
		send({
			method: 'get',
			path: '/api/sendText',
			summary: 'Send a text message',
			body: z.object({ phone: z.string().min(1), text: z.string().min(1), session: sessionField }),
			translate: ({ phone: to, text }) => ({
				type: 'text',
				fields: { to, text, link_preview: true },
				names: { to: 'phone' },
			}),
		}),
		send({
			path: '/api/sendLinkPreview',
			summary: 'Send a link with a title',
			body: z.object({
				session: sessionField,
				chatId: chatIdField,
				url: z.string().min(1),
				title: z.string().min(1),
			}),
			translate: ({ chatId: to, url, title }) => ({
				type: 'text',
				fields: { to, text: `${title}\n${url}`, link_preview: true },
				names: { ...names, text: 'title' },
			}),
		}),
	]
}
