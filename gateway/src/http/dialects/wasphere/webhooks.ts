import { z } from '@hono/zod-openapi'
import type { WorkspaceWebhook } from '../../../delivery/registry/workspace-webhooks.ts'
import { GatewayError } from '../../../errors.ts'
import { requireManager } from '../../api-keys/caller.ts'
import { endpoint, type Call, type Endpoint, type Services } from '../dialect.ts'
import { unsupportedField } from '../read.ts'
import { textOf } from './fields.ts'
import { workspaceOf } from './session.ts'

/** The events of WaSphere's webhooks. */
export const eventNames = [
	'message.received',
	'message.sent',
	'message.delivered',
	'message.read',
	'message.failed',
	'poll.vote',
	'session.connected',
	'session.disconnected',
	'session.qr',
	'session.failed',
] as const

const fields = {
	name: textOf(255),
	url: z.url({ protocol: /^https?$/ }).meta({ examples: ['https://example.com/hook'] }),
	events: z
		.array(z.enum(['*', ...eventNames]))
		.min(1)
		.meta({ description: 'Names of events, or `*` for all of them' }),
	isActive: z.boolean(),
}

const newWebhook = z.strictObject({
	...fields,
	name: fields.name.default('Webhook'),
	isActive: fields.isActive.default(true),
	retryMax: unsupportedField,
})

const webhookChange = z.strictObject(fields).partial().extend({ retryMax: unsupportedField })

const shape = {
	id: z.string(),
	name: z.string(),
	url: z.string(),
	events: z.array(z.string()),
	isActive: z.boolean(),
	createdAt: z.iso.datetime(),
}

const webhook = z.object(shape).openapi('WaSphereWebhook')
const createdWebhook = z.object({
	...shape,
	signingSecret: z.string().meta({ description: 'Returned only now' }),
})

/** `/{workspaceId}/webhooks`: each receives the events of all sessions of the workspace. */
export function webhooks({ workspaceWebhooks, delivery }: Services): Endpoint[] {
	const path = '/{workspaceId}/webhooks'
	const one = `${path}/{webhookId}`
	const found = (call: Call) =>
		workspaceWebhooks.get(managedWorkspace(call), call.param('webhookId'))
	return [
		{
			method: 'get',
			path,
			summary: 'List the webhooks of a workspace',
			response: z.array(webhook),
			run: (call) => call.c.json(workspaceWebhooks.list(managedWorkspace(call)).map(shown)),
		},
		endpoint({
			method: 'post',
			path,
			summary: 'Create a webhook for all sessions of a workspace',
			body: newWebhook,
			response: createdWebhook,
			async run(call) {
				const { name, url, events, isActive } = call.body
				const settings = {
					name,
					url,
					disabled: !isActive,
					...eventNamesOf(events),
					format: 'wasphere',
				}
				const hook = await workspaceWebhooks.add(managedWorkspace(call), settings, isTrusted(call))
				return call.c.json({ ...shown(hook), signingSecret: hook.secret })
			},
		}),
		{
			method: 'get',
			path: one,
			summary: 'Get a webhook of a workspace',
			response: webhook,
			run: (call) => call.c.json(shown(found(call))),
		},
		endpoint({
			method: 'patch',
			path: one,
			summary: 'Update a webhook of a workspace',
			body: webhookChange,
			response: webhook,
			async run(call) {
				const { name, url, events, isActive } = call.body
				const change = {
					...(name !== undefined && { name }),
					...(url !== undefined && { url }),
					...(events && eventNamesOf(events)),
					...(isActive !== undefined && { disabled: !isActive }),
				}
				const { workspace, id } = found(call)
				const hook = await workspaceWebhooks.update(workspace, id, change, isTrusted(call))
				return call.c.json(shown(hook))
			},
		}),
		{
			method: 'delete',
			path: one,
			summary: 'Delete a webhook of a workspace',
			response: z.object({ success: z.literal(true) }),
			async run(call) {
				const { workspace, id } = found(call)
				await workspaceWebhooks.remove(workspace, id)
				return call.c.json({ success: true })
			},
		},
		{
			method: 'post',
			path: `${one}/test`,
			summary: 'Send a test event to a webhook of a workspace',
			response: z.object({
				success: z.boolean(),
				statusCode: z.number().int().nullable(),
				error: z.string().nullable(),
			}),
			async run(call) {
				const member = workspaceWebhooks.anyOf(found(call))
				if (!member) throw noSession()
				const { status: statusCode, why: error } = await delivery.test(member)
				return call.c.json({ success: error === null, statusCode, error })
			},
		},
	]
}

/** The workspace of the path. @throws GatewayError forbidden unless the caller manages it */
function managedWorkspace(call: Call): string {
	requireManager(call.caller, call.param('workspaceId'))
	return workspaceOf(call)
}

const isTrusted = ({ caller }: Call) => caller.role === 'admin'

const eventNamesOf = (events: readonly string[]) => ({
	event_names: events.includes('*') ? null : [...events],
})

function shown({ id, name, url, event_names, disabled, created_at: createdAt }: WorkspaceWebhook) {
	return { id, name, url, events: event_names ?? ['*'], isActive: !disabled, createdAt }
}

function noSession() {
	const advice = 'The workspace has no session yet that could send a test event.'
	return new GatewayError('session_not_found', advice)
}
