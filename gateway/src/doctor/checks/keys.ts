import { fine, unknown, warning, type Check } from '../check.ts'

/** As long as it must be where others reach the gateway. */
const ENOUGH_CHARACTERS = 24

/** What people write into an example, or on the keyboard. */
const PLACEHOLDER =
	/^((change|replace|your|my|example|secret|password|admin|api|key|test|default)([-_ .]|me|key|$)|1234|abcd|qwert|<|(.)\4*$)/i

export const keysCheck: Check = {
	name: 'keys',
	title: 'API keys',
	async run({ config: { ADMIN_KEY }, stored, running }) {
		const advice = 'Make one with `openssl rand -hex 24`, and set ADMIN_KEY to it.'
		if (ADMIN_KEY !== undefined && PLACEHOLDER.test(ADMIN_KEY))
			return warning('ADMIN_KEY is a word from an example, which anybody can guess.', advice)
		if (ADMIN_KEY !== undefined && ADMIN_KEY.length < ENOUGH_CHARACTERS)
			return warning(`ADMIN_KEY has only ${ADMIN_KEY.length} characters.`, advice)
		if (ADMIN_KEY !== undefined) return fine('ADMIN_KEY is set.')
		const keys = (await stored().catch(() => undefined))?.keys
		if (!keys) return unknown('The keys cannot be read.', 'See what is said about the state.')
		if (keys.some(({ role }) => role === 'admin')) return fine('There is a key for admins.')
		if (!running) return fine('There is no key yet: the next start makes one and prints it once.')
		return warning(
			'There is no key for admins any more: nobody can add sessions or keys.',
			'Restart the gateway: it makes one and prints it once.',
		)
	},
}
