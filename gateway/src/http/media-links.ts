import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { MediaLinks } from '../session/media/signed-links.ts'
import type { Sessions } from '../session/sessions.ts'
import { fileHeadResponse, fileResponse } from './file-response.ts'
import { binaryContent, problems } from './openapi/schemas.ts'

/** `GET /media/{token}`: files by the signed links in events, which need no key. */
export function mediaLinkRoutes(sessions: Sessions, links: MediaLinks) {
	const app = new OpenAPIHono()
	app.openapi(
		{
			method: 'get',
			path: '/media/{token}',
			summary: 'Download a file by its signed link',
			description:
				'The link is `media.url` of an event. It needs no API key: anyone who has it can download the file until it ' +
				'expires.',
			security: [],
			request: { params: z.object({ token: z.string() }) },
			responses: { 200: { description: 'The file', content: binaryContent }, ...problems },
		},
		async (c) => {
			const { session, messageId } = links.read(c.req.valid('param').token)
			const { files } = sessions.get(session)
			return c.req.method === 'HEAD'
				? fileHeadResponse(await files.describeFile(messageId), 'binary')
				: fileResponse(await files.open(messageId), 'binary')
		},
	)
	return app
}
