import type { GatewayEvent, NewEvent } from '../events/index.ts'
import { ulid } from '../lib/ulid.ts'
import type { Log } from '../log.ts'
import type { Publish } from './effect.ts'
import { eventExtrasOf, type SessionRecord } from './session-record.ts'
import type { SessionState } from './state/index.ts'

export type StatusRecorderOptions = {
	record(): SessionRecord
	state(): Promise<SessionState>
	save(change: Partial<SessionRecord>): Promise<void>
	publish: Publish
	log: Log
}

/** Records events about the session itself (status, QR, pairing code), and its status in the session's record. */
export function createStatusRecorder({ record, state, save, publish, log }: StatusRecorderOptions) {
	let recording: Promise<unknown> = Promise.resolve()

	function saveStatus({ status, me, last_disconnect }: StatusData) {
		save({ status, me, last_disconnect }).catch((err) => log.error({ err }, 'session not saved'))
	}

	return {
		/** Takes an event. Events are published in the order of the calls, each once it is durable. */
		record(event: NewEvent): void {
			if (event.type === 'session.status') saveStatus(event.data)
			recording = recording
				.then(async () => publish(await (await state()).record(event)))
				.catch(() => publish(unnumbered(event, record())))
		},
		/** Waits until everything that was taken is published. */
		idle: () => recording,
	}
}

type StatusData = Extract<NewEvent, { type: 'session.status' }>['data']

/** An event of a session whose files cannot be written: it cannot be asked for later. */
function unnumbered(event: NewEvent, session: SessionRecord): GatewayEvent {
	const timestamp = new Date().toISOString()
	const own = { session: session.id, seq: 0, ...eventExtrasOf(session) }
	return { id: `evt_${ulid()}`, ...event, timestamp, ...own }
}
