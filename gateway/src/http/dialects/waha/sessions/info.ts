import { z } from '@hono/zod-openapi'
import type { Session } from '../../../../session/session.ts'
import type { Caller } from '../../../api-keys/caller.ts'
import { meOf, meSchema } from '../me.ts'
import { wahaStatuses, wahaStatusOf, type WahaStatus } from '../session-states.ts'
import { configOf } from './apply-config.ts'
import { configSchema, masked } from './config.ts'

export const infoSchema = z
	.object({
		name: z.string(),
		status: z.enum(wahaStatuses),
		config: configSchema.optional(),
		me: meSchema.nullable(),
		presence: z.enum(['online', 'offline']).nullable(),
		timestamps: z.object({ activity: z.number().int().nullable() }),
		apps: z.array(z.unknown()).optional(),
		engine: z.object({ engine: z.literal('NOWEB') }).optional(),
	})
	.openapi('WahaSession')

export type SessionInfo = z.output<typeof infoSchema>

/** A session as WAHA shows it. Secrets of its config are for admins. */
export function infoOf(session: Session, { role }: Caller, status?: WahaStatus): SessionInfo {
	const { id: name, me, ...view } = session.view()
	const config = configOf(session)
	const isWorking = view.status === 'open'
	return {
		name,
		status: status ?? wahaStatusOf(view.status),
		...(config && { config: role === 'admin' ? config : masked(config) }),
		me: meOf(me),
		presence: isWorking ? presences[session.settings().presence] : null,
		timestamps: { activity: null },
	}
}

const presences = { available: 'online', unavailable: 'offline' } as const

/** The same of one alone, which names its engine. */
export const oneInfoOf = (...given: Parameters<typeof infoOf>): SessionInfo => ({
	...infoOf(...given),
	engine: { engine: 'NOWEB' },
})
