import { fine, warning, type Check } from '../check.ts'

/** Whether webhooks take what they are sent. Only the running gateway knows. */
export const deliveriesCheck: Check = {
	name: 'deliveries',
	title: 'Deliveries',
	run({ running }) {
		if (!running) return []
		const { waiting, dead, down } = running.deliveries()
		if (down > 0)
			return warning(
				`${down} webhooks do not answer; ${waiting} events wait.`,
				'The page Webhooks says why. The events are sent when they answer again.',
			)
		if (dead > 0)
			return warning(
				`${dead} events were given up, as their webhooks refused them.`,
				'The page Webhooks shows them; they can be sent again.',
			)
		return fine(`Webhooks take their events; ${waiting} wait.`)
	},
}
