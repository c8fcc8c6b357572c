import { z } from '@hono/zod-openapi'
import type { Session } from '../../../session/session.ts'
import type { SettingsChange } from '../../../session/session-settings.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { flag } from './fields.ts'
import { instanceNameOf } from './instance-ids.ts'
import { sessionOf } from './session.ts'

/** The name under which a session keeps what clients of Evolution have set. */
export const DIALECT = 'evolution'

const words = z
	.string()
	.nullish()
	.transform((text) => text ?? '')

const settings = z.object({
	rejectCall: flag.meta({ description: 'Whether calls are rejected' }),
	msgCall: words.meta({ description: 'A text that a caller gets then' }),
	groupsIgnore: flag.meta({ description: 'Whether no event is told of groups' }),
	alwaysOnline: flag.meta({ description: 'Whether the account shows that it is online' }),
	readMessages: flag.meta({ description: 'Whether messages are marked as read when they come' }),
	readStatus: flag.meta({ description: 'Whether events tell of statuses' }),
	syncFullHistory: flag.meta({ description: 'Kept; WhatsApp sends what it has in any case' }),
	wavoipToken: words.meta({ description: 'Kept, and not used' }),
})

export type EvolutionSettings = z.output<typeof settings>

const standard: EvolutionSettings = {
	rejectCall: false,
	msgCall: '',
	groupsIgnore: false,
	alwaysOnline: false,
	readMessages: false,
	readStatus: false,
	syncFullHistory: false,
	wavoipToken: '',
}

/** The settings as fields of a request that sets some of them. */
export const settingsFields = settings.partial().shape

/** The settings of a new instance: those that are given, and the usual ones. */
export const settingsFrom = (given: Partial<EvolutionSettings>): EvolutionSettings =>
	Object.fromEntries(
		Object.entries(standard).map(([name, usual]) => [
			name,
			given[name as keyof EvolutionSettings] ?? usual,
		]),
	) as EvolutionSettings

/** What of them the gateway does itself. */
function ownSettings(given: EvolutionSettings): SettingsChange {
	const { rejectCall, msgCall, groupsIgnore, alwaysOnline, readMessages, readStatus } = given
	return {
		calls: { reject: rejectCall, groups: true, ...(msgCall && { message: msgCall }) },
		ignore: { groups: groupsIgnore, status: !readStatus },
		presence: alwaysOnline ? 'available' : 'unavailable',
		read_messages: readMessages ? 'all' : 'off',
	}
}

/** Sets all of them. */
export async function setSettings(session: Session, given: EvolutionSettings): Promise<void> {
	await session.changeSettings(ownSettings(given))
	await session.setDialectData(DIALECT, { ...session.dialectData(DIALECT), settings: given })
}

/** What was set; undefined if nothing was. */
export const settingsOf = (session: Session) =>
	session.dialectData(DIALECT).settings as EvolutionSettings | undefined

/** `/settings/set` and `/settings/find`. */
export const settingsEndpoints = (services: Services): Endpoint[] => [
	endpoint({
		method: 'post',
		path: '/settings/set/{instance}',
		summary: 'Set the settings of an instance',
		body: settings,
		response: z.object({ settings: z.object({ instanceName: z.string(), settings }) }),
		statuses: [201],
		async run(call) {
			const session = sessionOf(services, call)
			await setSettings(session, call.body)
			const instanceName = instanceNameOf(session.view())
			return call.c.json({ settings: { instanceName, settings: call.body } }, 201)
		},
	}),
	endpoint({
		method: 'get',
		path: '/settings/find/{instance}',
		summary: 'Show the settings of an instance',
		response: settings.nullable(),
		run: (call) => call.c.json(settingsOf(sessionOf(services, call)) ?? null),
	}),
]
