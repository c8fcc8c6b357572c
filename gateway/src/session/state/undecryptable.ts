import type { WAMessage } from '@whiskeysockets/baileys'
import type { NewEvent } from '../../events/index.ts'
import type { Change, StateStore } from '../../storage/driver.ts'
import { dailyCollections } from '../daily-collections.ts'
import type { EventEffect } from '../effect.ts'

type Data = Extract<NewEvent, { type: 'message.undecryptable' }>['data']
type Failure = { data: Data; since: number; over: boolean }

/** WhatsApp's server gives up redelivering after about as long. */
const KEEP_DAYS = 14

/**
 * Messages that could not be decrypted. Each is reported once, and only if its sender has not sent it again in
 * time. They are kept on the disk, so that a restart neither forgets nor repeats the report.
 */
export async function openUndecryptable(state: StateStore) {
	const records = await dailyCollections<Failure>(state, 'undecryptable', KEEP_DAYS)
	const failures = await records.startingWith('')

	const waiting = () => [...failures].filter(([, { over }]) => !over)

	function put(key: string, failure: Failure): Change[] {
		failures.set(key, failure)
		return [records.put(key, failure)]
	}

	return {
		/** A message could not be decrypted: the wait for its repetition begins, unless it began before. */
		failed(message: WAMessage, data: Data): Change[] {
			const key = undecryptableKey(message)
			return failures.has(key) ? [] : put(key, { data, since: Date.now(), over: false })
		},
		/** A message was decrypted after all: the wait for it is over. */
		healed(message: WAMessage): Change[] {
			const key = undecryptableKey(message)
			const failure = failures.get(key)
			return failure?.over === false ? put(key, { ...failure, over: true }) : []
		},
		/** Ends the wait for the messages that failed before a time (Unix, ms). @returns their events and changes */
		givenUp: (time: number): EventEffect[] =>
			waiting()
				.filter(([, { since }]) => since <= time)
				.map(([key, failure]) => ({
					event: { type: 'message.undecryptable', data: failure.data },
					changes: put(key, { ...failure, over: true }),
				})),
		/** When the oldest message that is waited for failed: Unix time in milliseconds. */
		oldest: (): number | undefined => waiting()[0]?.[1].since,
		prune: () => records.prune(),
	}
}

export type Undecryptable = Awaited<ReturnType<typeof openUndecryptable>>

const undecryptableKey = ({ key: { remoteJid, participant, id } }: WAMessage) =>
	[remoteJid, participant ?? '', id].join(' ')
