import { z } from '@hono/zod-openapi'
import { endpoint, type Endpoint } from '../dialect.ts'

/** `POST /verify-creds`, with which Evolution's manager asks whether a key is right. */
export const credentials: Endpoint = endpoint({
	method: 'post',
	path: '/verify-creds',
	summary: 'Check the key',
	response: z
		.object({
			status: z.literal(200),
			message: z.string(),
			facebookAppId: z.null(),
			facebookConfigId: z.null(),
			facebookUserToken: z.null(),
		})
		.openapi('EvolutionCredentials'),
	run: ({ c }) =>
		c.json({
			status: 200,
			message: 'Credentials are valid',
			facebookAppId: null,
			facebookConfigId: null,
			facebookUserToken: null,
		}),
})
