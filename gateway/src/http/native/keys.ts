import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { keyActions, requireAdmin, type AppEnv } from '../api-keys/caller.ts'
import type { Keys } from '../api-keys/store.ts'
import {
	json,
	jsonBody,
	problems,
	rejectInvalid,
	shownName,
	workspaceId,
} from '../openapi/schemas.ts'

const keySchema = z
	.object({
		id: z.string(),
		name: z.string(),
		role: z.enum(['admin', 'member']),
		sessions: z
			.array(z.string())
			.nullable()
			.meta({ description: 'The only ones it may use; null for all' }),
		workspace: z
			.string()
			.nullable()
			.meta({ description: 'The workspace of which it may use the sessions; null for any' }),
		actions: z
			.array(z.enum(keyActions))
			.nullable()
			.meta({ description: "What it may do in WAHA's API; elsewhere it is refused. Null for all" }),
		active: z.boolean().meta({ description: 'Whether it is valid' }),
		created_at: z.iso.datetime(),
		last_used: z.iso.datetime().nullable().meta({ description: 'Written within a minute' }),
	})
	.openapi('Key')

const keyParam = z.object({ key: z.string().meta({ description: 'Its id' }) })

const list = createRoute({
	method: 'get',
	path: '/keys',
	summary: 'List API keys',
	responses: {
		200: {
			description: 'Without the keys themselves, which are not kept',
			...json(z.object({ keys: z.array(keySchema), total: z.number().int() })),
		},
		...problems,
	},
})

const create = createRoute({
	method: 'post',
	path: '/keys',
	summary: 'Create an API key',
	request: {
		body: jsonBody(
			z
				.object({
					name: shownName,
					role: z.enum(['admin', 'member']).default('member'),
					sessions: z.array(z.string()).optional(),
					workspace: workspaceId.optional().meta({
						description: 'It then reaches the sessions of this workspace only',
					}),
				})
				.refine(({ role, workspace }) => role === 'member' || !workspace, {
					path: ['workspace'],
					error: 'is for members: an admin reaches everything',
				}),
		),
	},
	responses: {
		201: {
			description: 'The key is shown only once',
			...json(keySchema.extend({ key: z.string() })),
		},
		...problems,
	},
})

const rotate = createRoute({
	method: 'post',
	path: '/keys/{key}/rotate',
	summary: 'Rotate an API key',
	description: 'The old key is invalid from then on.',
	request: { params: keyParam },
	responses: {
		200: {
			description: 'The key is shown only once',
			...json(keySchema.extend({ key: z.string() })),
		},
		...problems,
	},
})

const remove = createRoute({
	method: 'delete',
	path: '/keys/{key}',
	summary: 'Delete an API key',
	request: { params: keyParam },
	responses: { 204: { description: 'It is of no use any longer' }, ...problems },
})

/** `/keys`, for admins. */
export function keyRoutes(keys: Keys) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
	app.openapi(list, (c) => {
		requireAdmin(c)
		const shown = keys.list()
		return c.json({ keys: shown, total: shown.length }, 200)
	})
	app.openapi(create, async (c) => {
		requireAdmin(c)
		return c.json(await keys.add(c.req.valid('json')), 201)
	})
	app.openapi(rotate, async (c) => {
		requireAdmin(c)
		return c.json(await keys.rotate(c.req.valid('param').key), 200)
	})
	app.openapi(remove, async (c) => {
		requireAdmin(c)
		await keys.remove(c.req.valid('param').key)
		return c.body(null, 204)
	})
	return app
}
