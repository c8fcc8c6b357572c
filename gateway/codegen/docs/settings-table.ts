import { settingsList } from '../../src/config/settings.ts'
import { withTable } from './generated-table.ts'

/** A page with the table of all settings. */
export function withSettings(page: string): string {
	const rows = settingsList().map(({ name, description, standard }) => [
		`\`${name}\``,
		standard ? `\`${standard}\`` : '',
		description,
	])
	return withTable(page, 'settings', [['name', 'default', 'meaning'], ...rows])
}
