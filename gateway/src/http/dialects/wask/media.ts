import { z } from '@hono/zod-openapi'
import { answerBase64 } from '../../file-response.ts'
import type { Endpoint, Rooms } from '../dialect.ts'
import { sessionOf } from './session.ts'

const answer = z
	.object({
		success: z.literal(true),
		media: z.object({
			data: z.string().meta({ description: 'base64' }),
			mimetype: z.string(),
			filename: z.string(),
		}),
	})
	.openapi('WaskMedia')

/** `GET /sessions/{id}/media/{messageId}`. */
export function media(rooms: Rooms): Endpoint[] {
	return [
		{
			method: 'get',
			path: '/{id}/media/{messageId}',
			summary: 'Get the file of a message',
			answer,
			async run(call) {
				const file = await sessionOf(rooms, call).files.open(call.param('messageId'))
				const { mimetype, filename } = file
				return answerBase64(file, (data) => ({
					success: true,
					media: { data, mimetype, filename },
				}))
			},
		},
	]
}
