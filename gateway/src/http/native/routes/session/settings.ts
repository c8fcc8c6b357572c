import { z } from '@hono/zod-openapi'
import {
	sessionMetadata,
	sessionSettings,
	settingsChange,
} from '../../../../session/session-settings.ts'
import { requireManager } from '../../../api-keys/caller.ts'
import { sessionSchema, shownName, workspaceId } from '../../../openapi/schemas.ts'
import { defineRoute } from '../../define-route.ts'

const settingsSchema = sessionSettings.openapi('SessionSettings')

/** What the owner of a session says of it. */
export const sessionSettingRoutes = [
	defineRoute({
		method: 'patch',
		path: '',
		summary: 'Update a session',
		description:
			'Change its name, its metadata or its workspace; what is left out stays as it is. This needs a key that may create sessions there.',
		body: z.object({
			name: shownName.optional().meta({ title: 'Name', examples: ['Support'] }),
			metadata: sessionMetadata.optional(),
			workspace: workspaceId.nullable().optional().meta({
				title: 'Workspace',
				description: 'Keys of this workspace reach it; null for none',
			}),
		}),
		answer: sessionSchema,
		success: 'The session now',
		node: { resource: 'session', name: 'Update' },
		async run({ session, caller, body }) {
			const { workspace } = session.view()
			requireManager(caller, workspace)
			if (body.workspace !== undefined) requireManager(caller, body.workspace)
			await session.update(body)
			return session.view()
		},
	}),
	defineRoute({
		method: 'get',
		path: '/settings',
		summary: 'Get the settings of a session',
		answer: settingsSchema,
		success: 'All settings',
		node: { resource: 'session', name: 'Get Settings' },
		run: async ({ session }) => session.settings(),
	}),
	defineRoute({
		method: 'put',
		path: '/settings',
		summary: 'Update the settings of a session',
		description:
			'What is left out stays as it is. This needs a key that may create sessions in the workspace.',
		body: settingsChange,
		answer: settingsSchema,
		success: 'All settings now',
		node: { resource: 'session', name: 'Update Settings' },
		async run({ session, caller, body }) {
			requireManager(caller, session.view().workspace)
			return session.changeSettings(body)
		},
	}),
]
