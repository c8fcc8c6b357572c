import { z } from '@hono/zod-openapi'
import type { Session } from '../../../../session/session.ts'
import { requireManager } from '../../../api-keys/caller.ts'
import { defineRoute } from '../../define-route.ts'

const IN_SETTINGS = 'Session: Get Settings and Update Settings have it as well'

const reconnectSchema = z.object({
	enabled: z.boolean(),
	error_count: z.number().int().meta({
		description: 'Number of attempts to connect that failed, since the last lasting connection',
	}),
})

const historySchema = z.object({ skip_history_sync: z.boolean() })

const reconnectOf = (session: Session) => ({
	enabled: session.settings().reconnect,
	error_count: session.failures(),
})

const historyOf = (session: Session) => ({
	skip_history_sync: session.settings().skip_history_sync,
})

/** Two of the settings as WA-RS has them. */
export const switchRoutes = [
	defineRoute({
		method: 'get',
		path: '/reconnect',
		summary: 'Get whether a session connects again by itself',
		answer: reconnectSchema,
		node: IN_SETTINGS,
		run: async ({ session }) => reconnectOf(session),
	}),
	defineRoute({
		method: 'put',
		path: '/reconnect',
		summary: 'Set whether a session connects again by itself',
		description: 'The same as `reconnect` in the settings of the session.',
		body: z.object({ enabled: z.boolean() }),
		answer: reconnectSchema,
		node: IN_SETTINGS,
		async run({ session, caller, body }) {
			requireManager(caller, session.view().workspace)
			await session.changeSettings({ reconnect: body.enabled })
			return reconnectOf(session)
		},
	}),
	defineRoute({
		method: 'get',
		path: '/history-sync',
		summary: 'Get whether the history of the phone is skipped',
		answer: historySchema,
		node: IN_SETTINGS,
		run: async ({ session }) => historyOf(session),
	}),
	defineRoute({
		method: 'put',
		path: '/history-sync',
		summary: 'Set whether the history of the phone is skipped',
		description: 'The same as `skip_history_sync` in the settings of the session.',
		body: z.object({ skip: z.boolean() }),
		answer: historySchema,
		node: IN_SETTINGS,
		async run({ session, caller, body }) {
			requireManager(caller, session.view().workspace)
			await session.changeSettings({ skip_history_sync: body.skip })
			return historyOf(session)
		},
	}),
]
