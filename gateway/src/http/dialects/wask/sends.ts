import { z } from '@hono/zod-openapi'
import type { Endpoint, Services } from '../dialect.ts'
import { sendsIn } from '../send.ts'
import { captionField, fileField, filenameField, mediaSourceOf, toField } from './fields.ts'
import { sessionOf } from './session.ts'

const sent = z
	.object({
		success: z.literal(true),
		messageId: z.string(),
		to: z.string(),
		type: z.string(),
		status: z.enum(['sent', 'pending']),
		timestamp: z.iso.datetime(),
	})
	.openapi('WaskSent')

/** `POST /sessions/{id}/send` and `/send/…`. */
export function sends(services: Services): Endpoint[] {
	const send = sendsIn({
		sessionOf: (call) => sessionOf(services, call),
		response: sent,
		render: ({ message_id: messageId, to, status, timestamp }, type) => ({
			success: true,
			messageId,
			to,
			type,
			status,
			timestamp: new Date(timestamp * 1000).toISOString(),
		}),
	})
	return [
		send({
			path: '/{id}/send',
			summary: 'Send a text message',
			body: z.object({ to: toField, text: z.string(), quotedMessageId: z.string().optional() }),
			translate: ({ to, text, quotedMessageId }) => ({
				type: 'text',
				fields: { to, text, reply_to: quotedMessageId },
				names: { reply_to: 'quotedMessageId' },
			}),
		}),
		send({
			path: '/{id}/send/image',
			summary: 'Send an image',
			body: z.object({
				to: toField,
				image: fileField,
				caption: captionField,
				filename: filenameField,
			}),
			translate: ({ to, image, caption }) => ({
				type: 'image',
				fields: { to, image: mediaSourceOf(image), caption },
			}),
		}),
		send({
			path: '/{id}/send/video',
			summary: 'Send a video',
			body: z.object({
				to: toField,
				video: fileField,
				caption: captionField,
				filename: filenameField,
			}),
			translate: ({ to, video, caption }) => ({
				type: 'video',
				fields: { to, video: mediaSourceOf(video), caption },
			}),
		}),
		send({
			path: '/{id}/send/audio',
			summary: 'Send an audio file or a voice note',
			body: z.object({ to: toField, audio: fileField, ptt: z.boolean().default(false) }),
			translate: ({ to, audio, ptt }) => ({
				type: 'audio',
				fields: { to, audio: mediaSourceOf(audio), ptt },
			}),
		}),
		send({
			path: '/{id}/send/document',
			summary: 'Send a document',
			body: z.object({
				to: toField,
				document: fileField,
				filename: z.string(),
				caption: captionField,
			}),
			translate: ({ to, document, filename, caption }) => ({
				type: 'document',
				fields: { to, document: mediaSourceOf(document), filename, caption },
			}),
		}),
		send({
			path: '/{id}/send/sticker',
			summary: 'Send a sticker',
			body: z.object({ to: toField, sticker: fileField }),
			translate: ({ to, sticker }) => ({
				type: 'sticker',
				fields: { to, sticker: mediaSourceOf(sticker) },
			}),
		}),
		send({
			path: '/{id}/send/contact',
			summary: 'Send a contact',
			body: z.object({ to: toField, name: z.string(), phone: z.string() }),
			translate: ({ to, name, phone }) => ({
				type: 'contact',
				fields: { to, contact: { display_name: name, phones: [{ number: phone }] } },
				names: { 'contact.display_name': 'name', 'contact.phones.0.number': 'phone' },
			}),
		}),
		send({
			path: '/{id}/send/location',
			summary: 'Send a location',
			body: z.object({
				to: toField,
				latitude: z.number(),
				longitude: z.number(),
				description: z.string().optional().meta({ description: 'Name of the place' }),
			}),
			translate: ({ to, latitude, longitude, description }) => ({
				type: 'location',
				fields: { to, latitude, longitude, name: description },
				names: { name: 'description' },
			}),
		}),
	]
}
