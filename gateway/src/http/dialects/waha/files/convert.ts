import { z } from '@hono/zod-openapi'
import { base64FileResponse, bytesResponse } from '../../../file-response.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { unprocessable } from '../errors.ts'
import { fileShape, mediaSourceOf } from '../file.ts'
import { sessionOf } from '../session.ts'

const kinds = [
	{ role: 'voice', filename: 'output.opus', mimetype: 'audio/ogg; codecs=opus' },
	{ role: 'video', filename: 'output.mp4', mimetype: 'video/mp4' },
] as const

const converted = z.object({
	mimetype: z.string(),
	data: z.string().meta({ description: 'Base64' }),
})

/** Brings files into the form that WhatsApp shows: bytes, or JSON for a client that accepts exactly that. */
export const conversions = (services: Services): Endpoint[] =>
	kinds.map(({ role, filename, mimetype }) =>
		endpoint({
			method: 'post',
			path: `/api/{session}/media/convert/${role}`,
			summary: `Convert a file into a ${role === 'voice' ? 'voice note' : 'video'}`,
			action: 'send',
			body: z.object({ url: fileShape.url, data: fileShape.data }),
			response: converted,
			bytes: mimetype,
			statuses: [201],
			async run(call) {
				const session = sessionOf(services, call)
				const { url, data } = call.body
				if (!url && !data) throw unprocessable('Either url or data is required')
				const source = mediaSourceOf({ url, data })
				const { path, size, dispose } = await session.convert(source, role, data ? 'data' : 'url')
				const file = { path, size, dispose, mimetype, filename }
				return call.c.req.header('accept') === 'application/json'
					? base64FileResponse(file, (data) => ({ mimetype, data }), 201)
					: bytesResponse(file, 201)
			},
		}),
	)
