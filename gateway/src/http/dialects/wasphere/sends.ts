import { z } from '@hono/zod-openapi'
import type { Upload } from '../../../messages/media-source.ts'
import type { Endpoint, Services } from '../dialect.ts'
import { sendsIn } from '../send.ts'
import { listSection, replyButton } from './interactive.ts'
import { captionField, textOf, messageIdField, toField, urlField } from './fields.ts'
import { API, sessionOf } from './session.ts'

export const sent = z
	.object({ messageId: z.string(), status: z.enum(['sent', 'pending']) })
	.openapi('WaSphereSent')

/** Makes endpoints that send. */
export const sendsOf = (services: Services) =>
	sendsIn({
		sessionOf: (call) => sessionOf(services, call),
		response: sent,
		render: ({ message_id: messageId, status }) => ({ messageId, status }),
	})

const path = (type: string) => `${API}/{sessionId}/messages/${type}`
const withFile = z.strictObject({ to: toField, url: urlField, caption: captionField })

/** `POST …/sessions/{sessionId}/messages/{type}`. */
export function sends(services: Services): Endpoint[] {
	const send = sendsOf(services)
	return [
		send({
			path: path('text'),
			summary: 'Send a text message',
			body: z.strictObject({
				to: toField,
				text: textOf(65_536),
				quotedId: messageIdField.optional(),
			}),
			translate: ({ to, text, quotedId }) => ({
				type: 'text',
				fields: { to, text, reply_to: quotedId },
				names: { reply_to: 'quotedId' },
			}),
		}),
		send({
			path: path('image'),
			summary: 'Send an image',
			body: withFile,
			translate: ({ to, url, caption }) => ({
				type: 'image',
				fields: { to, image: { url }, caption },
				names: { image: 'url' },
			}),
		}),
		send({
			path: path('video'),
			summary: 'Send a video',
			body: withFile,
			translate: ({ to, url, caption }) => ({
				type: 'video',
				fields: { to, video: { url }, caption },
				names: { video: 'url' },
			}),
		}),
		send({
			path: path('audio'),
			summary: 'Send an audio file or a voice note',
			body: z.strictObject({ to: toField, url: urlField, isVoiceNote: z.boolean().default(false) }),
			translate: ({ to, url, isVoiceNote: ptt }) => ({
				type: 'audio',
				fields: { to, audio: { url }, ptt },
				names: { audio: 'url' },
			}),
		}),
		send({
			path: path('document'),
			summary: 'Send a document',
			body: z.strictObject({
				to: toField,
				url: urlField,
				fileName: textOf(255),
				mimetype: textOf(255).optional().meta({ description: 'Detected from the file by default' }),
			}),
			translate: ({ to, url, fileName: filename, mimetype }) => ({
				type: 'document',
				fields: { to, document: { url }, filename, mimetype },
				names: { document: 'url', filename: 'fileName' },
			}),
		}),
		send({
			path: path('gif'),
			summary: 'Send a GIF: a video that plays in a loop',
			body: withFile,
			translate: ({ to, url, caption }) => ({
				type: 'gif',
				fields: { to, video: { url }, caption },
				names: { video: 'url' },
			}),
		}),
		send({
			path: path('sticker'),
			summary: 'Send a sticker; PNG and JPEG are converted to WebP',
			body: z.strictObject({ to: toField, url: urlField }),
			translate: ({ to, url }) => ({
				type: 'sticker',
				fields: { to, sticker: { url } },
				names: { sticker: 'url' },
			}),
		}),
		send({
			path: path('location'),
			summary: 'Send a location',
			body: z.strictObject({
				to: toField,
				latitude: z.number().min(-90).max(90),
				longitude: z.number().min(-180).max(180),
				name: z.string().max(255).optional(),
				address: z.string().max(512).optional(),
			}),
			translate: (fields) => ({ type: 'location', fields }),
		}),
		send({
			path: path('contact'),
			summary: 'Send a contact',
			body: z.strictObject({ to: toField, displayName: textOf(255), phoneNumber: textOf(40) }),
			translate: ({ to, displayName, phoneNumber: number }) => ({
				type: 'contact',
				fields: { to, contact: { display_name: displayName, phones: [{ number }] } },
				names: {
					'contact.display_name': 'displayName',
					'contact.phones.0.number': 'phoneNumber',
				},
			}),
		}),
		send({
			path: path('poll'),
			summary: 'Send a poll',
			body: z.strictObject({
				to: toField,
				name: textOf(255),
				options: z.array(textOf(100)).min(2).max(12),
				selectableCount: z.number().int().min(1).max(12).default(1),
			}),
			translate: ({ selectableCount: selectable_count, ...rest }) => ({
				type: 'poll',
				fields: { ...rest, selectable_count },
				names: { selectable_count: 'selectableCount' },
			}),
		}),
		send({
			path: path('buttons'),
			summary: 'Send a text with up to three buttons',
			body: z.strictObject({
				to: toField,
				text: textOf(1_024),
				footer: z.string().max(60).optional(),
				buttons: z.array(replyButton).min(1).max(3),
			}),
			translate: ({ to, text, footer, buttons }) => ({
				type: 'buttons',
				fields: {
					to,
					content_text: text,
					footer,
					buttons: buttons.map(({ id, text }) => ({ button_id: id, display_text: text })),
				},
				names: { content_text: 'text', button_id: 'id', display_text: 'text' },
			}),
		}),
		send({
			path: path('list'),
			summary: 'Send a text with a list of choices',
			body: z.strictObject({
				to: toField,
				title: textOf(60),
				text: textOf(1_024),
				buttonText: textOf(20),
				sections: z.array(listSection).min(1).max(10),
			}),
			translate: ({ to, title, text, buttonText, sections }) => ({
				type: 'list',
				fields: {
					to,
					title,
					description: text,
					button_text: buttonText,
					sections: sections.map(({ title, rows }) => ({
						title,
						rows: rows.map(({ id, ...row }) => ({ ...row, row_id: id })),
					})),
				},
				names: { description: 'text', button_text: 'buttonText', row_id: 'id' },
			}),
		}),
		send({
			path: path('view-once'),
			summary: 'Send an image or video that can be viewed once',
			body: withFile,
			translate: ({ to, url, caption }) => {
				const field = isVideo(url) ? 'video' : 'image'
				return {
					type: 'view-once',
					fields: { to, [field]: { url }, caption },
					names: { [field]: 'url' },
				}
			},
		}),
		send({
			path: path('reaction'),
			summary: 'React to a message',
			body: z.strictObject({
				to: toField,
				messageId: messageIdField,
				emoji: z.string().max(8),
				fromMe: z.boolean().default(true).meta({
					description:
						'Whether this account sent it: used only if the gateway does not know the message',
				}),
			}),
			translate: ({ to, messageId: message_id, emoji, fromMe: from_me }) => ({
				type: 'react',
				fields: { to, message_id, emoji, from_me },
				names: { message_id: 'messageId', from_me: 'fromMe' },
			}),
		}),
	]
}

// The file is not downloaded yet. WaSphere documents images only.
const isVideo = (url: string | Upload) =>
	typeof url === 'string'
		? /^data:video\/|\.(mp4|3gp)([?#]|$)/i.test(url)
		: /^video\//i.test(url.mimetype ?? '')
