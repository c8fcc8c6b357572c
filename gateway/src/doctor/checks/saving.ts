import { STORAGE_FAILED } from '../../session/connection/close-codes.ts'
import { fine, wrong, type Check } from '../check.ts'

/** Whether the state of every session can be saved. Only the running gateway knows. */
export const savingCheck: Check = {
	name: 'saving',
	title: 'Saving',
	unready: STORAGE_FAILED,
	run({ running }) {
		if (!running) return []
		const failed = running
			.sessions()
			.filter(
				({ status, last_disconnect }) =>
					status === 'closed' && last_disconnect?.reason === STORAGE_FAILED,
			)
		if (failed.length === 0) return fine('The state of every session can be saved.')
		const names = failed.map(({ name }) => name).join(', ')
		return wrong(
			`The state of ${names} could not be saved, so sends to it are refused.`,
			'Make room, or see what is said about DATA_DIR. The gateway tries again every five seconds by itself.',
		)
	},
}
