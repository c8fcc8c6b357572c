import { DamagedError } from '../../storage/driver.ts'
import { StateKeyError } from '../../storage/json/encryption.ts'
import { NewerFormatError } from '../../storage/json/format.ts'
import { fine, unknown, wrong, type Check } from '../check.ts'

/** Errors whose message says what to do. */
const isExplained = (error: unknown): error is Error =>
	[StateKeyError, NewerFormatError, DamagedError].some((kind) => error instanceof kind)

/** Whether the key fits the state, and the state can be read. A running gateway has read it. */
export const stateCheck: Check = {
	name: 'state',
	title: 'State',
	async run({ stored, running }) {
		if (running) return []
		try {
			const { damages, proxies } = await stored()
			if (damages.length) return damages.map((damage) => wrong(damage))
			if (proxies.length === 0) return fine('There is no session yet.')
			const whose = proxies.length === 1 ? 'one session' : `${proxies.length} sessions`
			return fine(`The records of ${whose} can be read.`)
		} catch (error) {
			if (isExplained(error)) return wrong(error.message)
			return unknown(
				`The state cannot be read: ${(error as Error).message}.`,
				'See what is said about DATA_DIR.',
			)
		}
	},
}
