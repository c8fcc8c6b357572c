import { z } from '@hono/zod-openapi'
import { requireAdminKey } from '../../../api-keys/caller.ts'
import { endpoint, type Call, type Endpoint, type Services } from '../../dialect.ts'
import { noSuchSession } from '../errors.ts'
import { actionsField, actionsOf, shownActions, usualActions } from './actions.ts'
import { keyFor, type Purpose } from './single-purpose.ts'

const NOT_KEPT = 'key_********'

const keySchema = z
	.object({
		id: z.string(),
		key: z.string().meta({ description: 'The key itself only when it is made: it is not kept' }),
		isActive: z.boolean(),
		isAdmin: z.boolean(),
		session: z.string().nullable(),
		actions: z.record(z.string(), z.boolean()).nullable(),
	})
	.openapi('WahaKey')

const keyBody = z.object({
	isAdmin: z.boolean().default(false),
	session: z
		.string()
		.nullable()
		.meta({ description: 'The only session that it may use; null for all' }),
	isActive: z.boolean().default(true),
	actions: actionsField,
})

type Key = ReturnType<Services['keys']['list']>[number]

const shown = ({ id, role, sessions, active, actions }: Key, key = NOT_KEPT) => ({
	...{ id, key, isActive: active, isAdmin: role === 'admin' },
	session: sessions?.length === 1 ? sessions[0]! : null,
	actions: shownActions(actions),
})

/** `/api/keys`, for admins. */
export function keys(services: Services): Endpoint[] {
	const { keys, sessions } = services

	/** What is wanted of a key, in our words. @throws WahaError for a session that is none */
	function wantedBy({ body }: Call<z.output<typeof keyBody>>) {
		const { isAdmin, session, isActive: active } = body
		if (session && !sessions.find(session)) throw noSuchSession(session)
		const actions = actionsOf(body.actions)
		if (isAdmin) return { role: 'admin' as const, sessions: null, active, actions }
		return { role: 'member' as const, sessions: session ? [session] : null, active, actions }
	}

	const forOnePurpose = (purpose: Purpose, summary: string) =>
		endpoint({
			method: 'post',
			path: `/api/keys/${purpose}`,
			summary,
			body: z.object({ session: z.string().min(1) }),
			response: keySchema,
			statuses: [201],
			async run({ c, caller, body }) {
				requireAdminKey(caller)
				const session = sessions.find(body.session)
				if (!session) throw noSuchSession(body.session)
				const { id, key } = await keyFor(services, session, purpose)
				return c.json(
					shown(
						keys.list().find((one) => one.id === id)!,
						key,
					),
					201,
				)
			},
		})

	return [
		{
			method: 'get',
			path: '/api/keys',
			summary: 'List API keys',
			response: z.array(keySchema),
			run({ c, caller }) {
				requireAdminKey(caller)
				return c.json(keys.list().map((key) => shown(key)))
			},
		},
		endpoint({
			method: 'post',
			path: '/api/keys',
			summary: 'Create an API key',
			body: keyBody,
			response: keySchema,
			statuses: [201],
			async run(call) {
				requireAdminKey(call.caller)
				const { sessions, actions, ...wanted } = wantedBy(call)
				const made = await keys.add({
					...wanted,
					actions: actions ?? (wanted.role === 'admin' ? undefined : usualActions),
					name: 'made with the API of WAHA',
					sessions: sessions ?? undefined,
				})
				return call.c.json(shown(made, made.key), 201)
			},
		}),
		forOnePurpose('media', 'Make a key for the files of a session'),
		forOnePurpose('control', 'Make a key for the pairing of a session'),
		endpoint({
			method: 'put',
			path: '/api/keys/{id}',
			summary: 'Replace what an API key may do',
			body: keyBody,
			response: keySchema,
			async run(call) {
				requireAdminKey(call.caller)
				const { actions, ...wanted } = wantedBy(call)
				// A key that is limited stays so, unless the request says otherwise.
				const change = { ...wanted, ...(actions && { actions }) }
				return call.c.json(shown(await keys.change(call.param('id'), change)))
			},
		}),
		{
			method: 'delete',
			path: '/api/keys/{id}',
			summary: 'Delete an API key',
			response: 'empty',
			async run({ c, caller, param }) {
				requireAdminKey(caller)
				await keys.remove(param('id'))
				return c.body(null)
			},
		},
	]
}
