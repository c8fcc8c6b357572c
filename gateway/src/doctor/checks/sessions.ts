import type { SessionView } from '../../session/session-record.ts'
import { fine, warning, wrong, type Check } from '../check.ts'

/** Not connected, though it is linked and nobody has asked for that. */
const isOff = ({ status, me }: SessionView) =>
	me !== null && !['open', 'closed', 'corrupt'].includes(status)

/** Whether linked sessions are connected. Only the running gateway knows. */
export const sessionsCheck: Check = {
	name: 'sessions',
	title: 'Sessions',
	run({ running }) {
		if (!running) return []
		const off = running.sessions().filter(isOff)
		const damaged = running
			.sessions()
			.filter(({ status }) => status === 'corrupt')
			.map(({ name }) =>
				wrong(
					`The state of ${name} is damaged, or missing.`,
					'Restore DATA_DIR from a backup, or delete the session and link it anew.',
				),
			)
		if (off.length + damaged.length === 0)
			return fine('Every linked session is connected, or was disconnected on request.')
		return [
			...damaged,
			...off.map(({ name, status, last_disconnect }) =>
				warning(
					`${name} is not connected (${status}).`,
					last_disconnect?.advice ??
						'The gateway connects again by itself; Numbers shows how that goes.',
				),
			),
		]
	},
}
