import type { IDataObject, IExecuteFunctions } from 'n8n-workflow'
import type { GatewayEvent } from '../shared/events'

/** The gateway delivers at least once: this many handled events are remembered to drop repeats. */
const REMEMBERED_EVENTS = 1000

interface Single extends IDataObject {
	event_id: string
	text: string | null
}

/** History has messages too, but is one event. */
const singlesOf = ({ type, data }: GatewayEvent): Single[] | undefined =>
	type === 'message.received' ? (data.messages as Single[] | undefined) : undefined

/** Which of these were not handled before, by the record that n8n keeps in its database. */
async function unhandled(trigger: IExecuteFunctions, ids: string[]): Promise<Set<unknown>> {
	const record = () =>
		trigger.helpers.checkProcessedAndRecord(ids, 'node', {
			mode: 'entries',
			maxEntries: REMEMBERED_EVENTS,
		})
	// Two first events at once both try to make the record; one of them finds it made.
	const { new: unknown } = await record().catch(record)
	return new Set(unknown)
}

/** The new part of an event. A batch that is delivered again may have grown meanwhile. */
function rest(event: GatewayEvent, unknown: Set<unknown>): GatewayEvent | undefined {
	const singles = singlesOf(event)
	if (!singles) return unknown.has(event.id) ? event : undefined
	const messages = singles.filter(({ event_id: id }) => unknown.has(id))
	if (!messages.length) return undefined
	const texts = messages.map(({ text }) => text).filter((text) => text !== null)
	const text = texts.length ? texts.join('\n') : null
	return { ...event, data: { ...event.data, text, messages } }
}

/** The events that were not handled before, and where in the input they were. */
export async function freshEvents(
	trigger: IExecuteFunctions,
): Promise<{ event: GatewayEvent; index: number }[]> {
	const events = trigger.getInputData().map(({ json }) => json as GatewayEvent)
	const all = events.map((event, index) => ({ event, index }))
	// The same event may also reach the production URL, and must not count as handled there.
	if (trigger.getMode() === 'manual') return all
	const ids = events.flatMap((event) => singlesOf(event)?.map((one) => one.event_id) ?? [event.id])
	const unknown = await unhandled(trigger, ids)
	return all.flatMap(({ event, index }) => {
		const left = rest(event, unknown)
		return left ? [{ event: left, index }] : []
	})
}
