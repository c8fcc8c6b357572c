import { GatewayError } from '../../errors.ts'
import type { GatewayEvent, NewEvent } from '../../events/index.ts'
import type { SessionRestored } from '../../events/types/session-restored.ts'
import type { Change, StateStore } from '../../storage/driver.ts'
import { identityOf } from '../identity.ts'
import { settledEffect } from './message-status.ts'
import type { AuthState } from '../signal/auth-state.ts'
import type { EventLog } from './event-log.ts'
import type { MessageStore } from './messages.ts'

/** Why a state is older than what WhatsApp and the contacts have seen of the session. */
export type RestorationCause = SessionRestored['cause']

const META = 'meta'
const MARK = 'restored'

/** What moves on with every message, or names what does: at an older place it does more harm than none. */
const RATCHETS = [
	'session',
	'sender-key',
	'sender-key-memory',
	'device-list',
	'devices',
	'tctoken',
] as const

/** Nothing in the name of a collection sorts before it. */
const FIRST = '\u0001'

/** More pre-keys than a session can have made since the copy: no id is used for two keys. */
const SKIPPED_PRE_KEYS = 10_000

const mark = (cause: RestorationCause | null): Change => ({
	collection: META,
	id: MARK,
	value: cause,
})

/** The session begins anew when it opens its state next. The mark stays until that is done. */
export const restorationMark = (cause: RestorationCause): Change => mark(cause)

type Restored = {
	auth: AuthState
	messages: MessageStore
	events: EventLog
	commit(changes: readonly Change[]): Promise<void>
}

/** Forgets the ratchets of a state that was restored. @returns undefined if it was not */
export async function beginRestoration(store: StateStore): Promise<RestorationCause | undefined> {
	if (store.hasLostCommits) await store.commit([mark('lost_commits')])
	const cause = (await store.get(META, [MARK])).get(MARK) as RestorationCause | undefined
	if (cause) await Promise.all(RATCHETS.map((name) => store.drop(name, FIRST)))
	return cause
}

/**
 * Begins anew, as one commit: numbers of events and pre-keys that were used since the copy are not used again, and what
 * was not sent then is not sent now, since it may have been.
 * @returns the events that tell so
 */
export async function finishRestoration(
	{ auth, messages, events, commit }: Restored,
	cause: RestorationCause,
): Promise<GatewayEvent[]> {
	const unsent = messages.unsent()
	const failed = await Promise.all(
		unsent.map(async (id) => {
			const chat = identityOf((await messages.sentTo(id)) ?? '', auth.otherName)
			return settledEffect(messages, id, chat, outcomeUnknown())
		}),
	)
	const effects = failed.filter((effect) => effect !== undefined)
	const last_seq = events.last()
	const leap = events.leap()
	const data = { cause, last_seq, messages_in_doubt: effects.length }
	const told: NewEvent[] = [
		{ type: 'session.restored', data },
		...effects.map(({ event }) => event),
	]
	const recorded = told.map((event) => events.record(event))
	await commit([
		...leap,
		...auth.skipPreKeys(SKIPPED_PRE_KEYS),
		...effects.flatMap(({ changes = [] }) => changes),
		...recorded.flatMap(({ changes }) => changes),
		mark(null),
	])
	return recorded.map(({ event }) => event)
}

function outcomeUnknown() {
	const advice =
		'The state of the session was replaced by an older one in which this message was not sent yet. It may have been sent since: look into the chat before you send it again.'
	return new GatewayError('outcome_unknown', advice)
}
