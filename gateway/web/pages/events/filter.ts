import type { GatewayEvent } from '../../../src/events/index.ts'
import { sentenceOf } from '../../data/event-words.ts'
import type { Line } from './lines.ts'

/** Empty texts let everything through. */
export type EventFilter = { session: string; type: string; text: string }

export const noFilter: EventFilter = { session: '', type: '', text: '' }

/** The lines with an event that a person looks for. `text` is found in the sentence and in the data: a name, a number, an id. */
export function filterLines(lines: Line[], filter: EventFilter): Line[] {
	const wanted = filter.text.trim().toLowerCase()
	const fits = (event: GatewayEvent) =>
		(!filter.session || event.session === filter.session) &&
		(!filter.type || event.type === filter.type) &&
		(!wanted || searchable(event).includes(wanted))
	return lines.filter(({ events }) => events.some(fits))
}

const searchable = (event: GatewayEvent) =>
	`${sentenceOf(event)} ${JSON.stringify(event.data)}`.toLowerCase()
