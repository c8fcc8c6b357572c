import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { MediaLinks } from '../session/media/signed-links.ts'
import type { Sessions } from '../session/sessions.ts'
import { descriptionResponse, fileResponse } from './file-response.ts'
import { fileContent, problems } from './openapi/schemas.ts'

/** `GET /media/{token}`: files by the links that events bring, which need no key. */
export function mediaLinkRoutes(sessions: Sessions, links: MediaLinks) {
	const app = new OpenAPIHono()
	app.openapi(
		{
			method: 'get',
			path: '/media/{token}',
			summary: 'Get a file by its link',
			description:
				'`media.url` of an event. Whoever has the link may have the file, until it expires.',
			security: [],
			request: { params: z.object({ token: z.string() }) },
			responses: { 200: { description: 'The file', content: fileContent }, ...problems },
		},
		async (c) => {
			const { session, messageId } = links.read(c.req.valid('param').token)
			const { files } = sessions.get(session)
			return c.req.method === 'HEAD'
				? descriptionResponse(await files.describeFile(messageId), 'binary')
				: fileResponse(await files.open(messageId), 'binary')
		},
	)
	return app
}
