import { newSessionRecord, viewOf, type SessionRecord } from './session-record.ts'
import { mergedSettings } from './session-settings.ts'
import type { Session } from './session.ts'

/** A session of another gateway: what its record tells. */
export type ListedSession = Pick<
	Session,
	'id' | 'view' | 'tags' | 'settings' | 'dialectData' | 'proxy'
>

/** @param data its record; undefined if that cannot be read */
export function listedSession(id: string, data: SessionRecord | undefined): ListedSession {
	const record = data ?? { ...newSessionRecord({ id }), status: 'corrupt' as const }
	return {
		id,
		view: () => viewOf(record),
		tags: () => record.tags,
		settings: () => mergedSettings(record.settings),
		dialectData: (dialect) => record.dialect_data[dialect] ?? {},
		proxy: () => record.proxy,
	}
}
