import { isSecret, settingsList, type Config } from '../config/settings.ts'

export type ChangedSetting = {
	name: string
	/** Null for a secret. */
	value: string | null
	default: string
}

/** The settings that are not what they are by default. Secrets are named, and never shown. */
export function changedSettings(config: Partial<Config>): ChangedSetting[] {
	return settingsList().flatMap(({ name, standard }) => {
		const value = String(config[name as keyof Config] ?? '')
		if (value === '' || value === standard) return []
		return [{ name, value: isSecret(name) ? null : withoutCredentials(value), default: standard }]
	})
}

/** A URL may hold a password, or a token in its query. */
function withoutCredentials(value: string): string {
	const url = URL.parse(value)
	if (!url?.host) return value
	return Object.assign(url, { username: '', password: '', search: '', hash: '' }).href
}
