import type { GatewayEvent } from '../../../src/events/index.ts'
import { sentenceOf } from '../../data/event-words.ts'

/** Empty texts let everything through. */
export type EventFilter = { session: string; type: string; text: string }

export const noFilter: EventFilter = { session: '', type: '', text: '' }

/** The events that a person looks for. `text` is found in the sentence and in the data: a name, a number, an id. */
export function filterEvents(events: GatewayEvent[], filter: EventFilter): GatewayEvent[] {
	const wanted = filter.text.trim().toLowerCase()
	return events.filter(
		(event) =>
			(!filter.session || event.session === filter.session) &&
			(!filter.type || event.type === filter.type) &&
			(!wanted || searchable(event).includes(wanted)),
	)
}

const searchable = (event: GatewayEvent) =>
	`${sentenceOf(event)} ${JSON.stringify(event.data)}`.toLowerCase()
