import {
	settingsFrom,
	setSettings,
	type EvolutionSettings,
} from '../../http/dialects/evolution/settings.ts'
import type { Session } from '../../session/session.ts'
import type { SettingRow } from './rows.ts'

type Found = { carries: string[]; set(session: Session): Promise<void> }

/** The settings of an instance. */
export function foundSettings(row: SettingRow | undefined): Found {
	if (!row) return { carries: [], set: async () => {} }
	const given = Object.entries(row).filter(([, value]) => value !== null)
	const settings = settingsFrom(Object.fromEntries(given) as Partial<EvolutionSettings>)
	const on = Object.entries(settings).flatMap(([name, value]) => (value ? [name] : []))
	return {
		carries: [on.length ? `its settings: ${on.join(', ')}` : 'its settings'],
		set: (session) => setSettings(session, settings),
	}
}
