import { sessionSettings } from '../../../session/settings.ts'
import { requireManager } from '../../api-keys/caller.ts'
import { defineRoute } from '../define-route.ts'

/** What a session does by itself. */
export const settingsRoutes = [
	defineRoute({
		method: 'get',
		path: '/settings',
		summary: 'Get the settings of a session',
		answer: sessionSettings,
		node: { resource: 'session', name: 'Get Settings' },
		run: async ({ session }) => session.settings(),
	}),
	defineRoute({
		method: 'put',
		path: '/settings',
		summary: 'Update the settings of a session',
		description:
			'What a session does by itself, such as rejecting calls. What is left out goes back to its default. Needs an admin key, or one of the whole workspace.',
		body: sessionSettings,
		answer: sessionSettings,
		node: 'needs a key that manages sessions, which a credential for workflows should not hold',
		async run({ session, caller, body }) {
			requireManager(caller, session.view().workspace)
			await session.changeSettings(body)
			return session.settings()
		},
	}),
]
