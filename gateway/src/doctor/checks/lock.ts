import { directoryUser } from '../../storage/json/lock.ts'
import { fine, wrong, type Check } from '../check.ts'
import { gatewayAnswersAt, urlOf } from '../own-gateway.ts'

export const lockCheck: Check = {
	name: 'lock',
	title: 'Lock of DATA_DIR',
	async run({ config: { DATA_DIR, HOST, PORT }, running }) {
		if (running) return []
		const user = await directoryUser(DATA_DIR)
		if (!user) return fine('No gateway uses DATA_DIR now.')
		const url = urlOf(HOST, PORT)
		if (PORT && (await gatewayAnswersAt(url)))
			return fine(`DATA_DIR is in use by ${user}: that is the gateway that answers at ${url}.`)
		return wrong(
			`DATA_DIR is in use by ${user}, and no gateway answers at ${url}.`,
			'If that gateway has another PORT or HOST, run doctor with its settings. Otherwise stop it, or give this one its own DATA_DIR.',
		)
	},
}
