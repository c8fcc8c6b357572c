import { z } from '@hono/zod-openapi'
import { base64FileResponse } from '../../file-response.ts'
import type { Endpoint, Services } from '../dialect.ts'
import { sessionOf } from './session.ts'

const response = z
	.object({
		success: z.literal(true),
		media: z.object({
			data: z.string().meta({ description: 'Content in base64' }),
			mimetype: z.string(),
			filename: z.string(),
		}),
	})
	.openapi('WaskMedia')

/** `GET /sessions/{id}/media/{messageId}`. */
export function mediaDownload(services: Services): Endpoint[] {
	return [
		{
			method: 'get',
			path: '/{id}/media/{messageId}',
			summary: 'Download the file of a message',
			response,
			async run(call) {
				const file = await sessionOf(services, call).files.open(call.param('messageId'))
				const { mimetype, filename } = file
				return base64FileResponse(file, (data) => ({
					success: true,
					media: { data, mimetype, filename },
				}))
			},
		},
	]
}
