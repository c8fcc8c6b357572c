import { z } from '@hono/zod-openapi'
import type { Endpoint } from '../dialect.ts'

/** `GET /ping`. */
export const ping: Endpoint = {
	method: 'get',
	path: '/ping',
	summary: 'Check that the server answers',
	action: 'read',
	response: z.object({ message: z.literal('pong') }),
	run: ({ c }) => c.json({ message: 'pong' }),
}
