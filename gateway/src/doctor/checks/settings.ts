import { fine, wrong, type Check } from '../check.ts'

export const settingsCheck: Check = {
	name: 'settings',
	title: 'Settings',
	run: ({ settingProblems }) =>
		settingProblems.length
			? settingProblems.map((problem) => wrong(problem))
			: fine('All settings can be used.'),
}
