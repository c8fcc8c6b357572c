import { z } from '@hono/zod-openapi'
import type { Endpoint, Services } from '../../dialect.ts'
import { fileField, fileNameOf, sourceOf } from '../file.ts'
import { flag, optionalText } from '../fields.ts'
import { addressed, commonFields, mentioned, mentionFields, names } from './common.ts'
import { sendingIn } from './sending.ts'

const captioned = {
	...commonFields,
	...mentionFields,
	file: fileField,
	caption: optionalText,
}

const converted = {
	convert: flag
		.nullish()
		.meta({ description: 'What needs it is converted in any case, and nothing else' }),
}

/** `POST /api/sendImage`, `sendFile`, `sendVoice` and `sendVideo`. */
export function files(services: Services): Endpoint[] {
	const send = sendingIn(services)
	const inField = (field: string) => ({ ...names, [field]: 'file', filename: 'file.filename' })

	return [
		send({
			path: '/api/sendImage',
			summary: 'Send an image',
			body: z.object(captioned),
			translate: async ({ file, caption, ...given }, session) => ({
				type: 'image',
				fields: {
					...(await addressed(session, given)),
					...mentioned(given),
					image: sourceOf(file),
					caption,
				},
				names: inField('image'),
			}),
		}),
		send({
			path: '/api/sendFile',
			summary: 'Send a file as a document',
			body: z.object(captioned),
			translate: async ({ file, caption, ...given }, session) => ({
				type: 'document',
				fields: {
					...(await addressed(session, given)),
					...mentioned(given),
					document: sourceOf(file),
					filename: fileNameOf(file),
					mimetype: file.mimetype,
					caption,
				},
				names: { ...inField('document'), mimetype: 'file.mimetype' },
			}),
		}),
		send({
			path: '/api/sendVoice',
			summary: 'Send a voice note',
			body: z.object({ ...commonFields, ...converted, file: fileField }),
			translate: async ({ file, ...given }, session) => ({
				type: 'voice',
				fields: { ...(await addressed(session, given)), audio: sourceOf(file) },
				names: inField('audio'),
			}),
		}),
		send({
			path: '/api/sendVideo',
			summary: 'Send a video',
			body: z.object({ ...captioned, ...converted, asNote: flag.nullish() }),
			translate: async ({ file, caption, asNote, ...given }, session) => ({
				type: asNote ? 'video-note' : 'video',
				fields: {
					...(await addressed(session, given)),
					...(!asNote && { caption, ...mentioned(given) }),
					video: sourceOf(file),
				},
				names: inField('video'),
			}),
		}),
	]
}
