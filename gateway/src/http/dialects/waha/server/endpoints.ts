import { z } from '@hono/zod-openapi'
import type { Endpoint } from '../../dialect.ts'
import { serverFacts, WAHA_VERSION } from '../server-facts.ts'
import { unsupported } from '../unsupported.ts'

const worker = z.object({ id: z.string().nullable() })

const versionSchema = z
	.object({
		version: z.string(),
		engine: z.literal('NOWEB'),
		tier: z.literal('PLUS'),
		browser: z.null(),
		platform: z.string(),
		worker,
	})
	.openapi('WahaVersion')

const version = (path: string): Endpoint => ({
	method: 'get',
	path,
	summary: 'Get the version of the API',
	action: 'read',
	response: versionSchema,
	run: ({ c }) => c.json(serverFacts),
})

/** What the server says of itself. Of its environment it tells nothing that could be a secret. */
export function server(): Endpoint[] {
	const startTimestamp = Date.now()
	return [
		{
			method: 'get',
			path: '/ping',
			summary: 'Check that the server answers',
			action: 'read',
			response: z.object({ message: z.literal('pong') }),
			run: ({ c }) => c.json({ message: 'pong' }),
		},
		version('/api/version'),
		version('/api/server/version'),
		{
			method: 'get',
			path: '/api/server/environment',
			summary: 'Get some settings of the server',
			action: 'read',
			response: z.record(z.string(), z.string()),
			run: ({ c }) =>
				c.json({
					WAHA_VERSION,
					WHATSAPP_DEFAULT_ENGINE: serverFacts.engine,
					WAHA_TIER: serverFacts.tier,
				}),
		},
		{
			method: 'get',
			path: '/api/server/status',
			summary: 'Get how long the server has been running',
			action: 'read',
			response: z.object({ startTimestamp: z.number(), uptime: z.number(), worker }),
			run: ({ c }) =>
				c.json({
					startTimestamp,
					uptime: Date.now() - startTimestamp,
					worker: serverFacts.worker,
				}),
		},
		{
			method: 'get',
			path: '/api/apps',
			summary: 'List apps, of which there are none',
			action: 'app',
			response: z.array(z.unknown()),
			run: ({ c }) => c.json([]),
		},
		...unsupported('app', [
			['post', '/api/apps'],
			['get', '/api/apps/{id}'],
			['put', '/api/apps/{id}'],
			['delete', '/api/apps/{id}'],
			['post', '/mcp'],
		]),
		...unsupported('read', [['get', '/ws']]),
		...unsupported(undefined, [
			['post', '/api/server/stop'],
			['get', '/api/server/debug/cpu'],
			['get', '/api/server/debug/heapsnapshot'],
			['get', '/api/server/debug/browser/trace/{session}'],
		]),
	]
}
