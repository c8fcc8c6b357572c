import { proto, type WAMessage } from '@whiskeysockets/baileys'
import type { NewEvent } from '../../events/index.ts'
import type { Change, StateStore } from '../../storage/driver.ts'
import { dailyCollections } from '../daily-collections.ts'
import type { EventEffect } from '../effect.ts'

export type UndecryptableData = Extract<NewEvent, { type: 'message.undecryptable' }>['data']

/** A message that is encrypted with the secret of one that is not there yet: its content is base64. */
type Sealed = { target: string; message: Omit<WAMessage, 'message'>; content: string }
type Failure = {
	data: UndecryptableData
	since: number
	over: boolean
	sealed?: Sealed | undefined
}

/** WhatsApp's server gives up redelivering after about as long. */
const KEEP_DAYS = 14

/**
 * Messages that could not be decrypted. Each is reported once; one that its sender is asked for again only if it has not
 * come in time. They are kept on the disk, so that a restart neither forgets nor repeats the report. A message goes by
 * all its names (`receive/message-keys.ts`), and is kept under the first.
 */
export async function openUndecryptable(state: StateStore) {
	const records = await dailyCollections<Failure>(state, 'undecryptable', KEEP_DAYS)
	const failures = await records.startingWith('')
	// Asked for at every message: almost never is one of them waited for.
	const targets = new Set([...failures.values()].flatMap(({ sealed }) => sealed?.target ?? []))

	const waiting = () => [...failures].filter(([, { over }]) => !over)
	const knownOf = (keys: string[]) => keys.find((key) => failures.has(key))

	function put(key: string, failure: Failure): Change[] {
		failures.set(key, failure)
		if (failure.sealed) targets.add(failure.sealed.target)
		return [records.put(key, failure)]
	}

	return {
		/** A message could not be decrypted: the wait for its repetition begins, unless it began before. */
		failed: (keys: string[], data: UndecryptableData): Change[] =>
			knownOf(keys) === undefined ? put(keys[0]!, { data, since: Date.now(), over: false }) : [],
		/**
		 * A message will not come in a form that can be read. @returns its event; undefined if it was reported before
		 * @param sealed the message, if it is read again when the one is there whose secret it needs
		 */
		final(
			keys: string[],
			data: UndecryptableData,
			sealed?: { target: string; message: WAMessage },
		): EventEffect | undefined {
			const known = knownOf(keys)
			if (known !== undefined && failures.get(known)!.over) return undefined
			const failure = { data, since: Date.now(), over: true, sealed: sealed && stored(sealed) }
			return {
				event: { type: 'message.undecryptable', data },
				changes: put(known ?? keys[0]!, failure),
			}
		},
		/** A message was decrypted after all: the wait for it is over. */
		healed(keys: string[]): Change[] {
			const key = knownOf(keys)
			const failure = key === undefined ? undefined : failures.get(key)
			if (!failure || (failure.over && !failure.sealed)) return []
			return put(key!, { ...failure, over: true, sealed: undefined })
		},
		/** The messages that wait for the secret of this one. */
		sealedWith(target: string): WAMessage[] {
			const all = targets.has(target) ? [...failures.values()] : []
			return all.flatMap(({ sealed }) => (sealed?.target === target ? [restored(sealed)] : []))
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

function stored({ target, message: all }: { target: string; message: WAMessage }): Sealed {
	const { key, pushName, messageTimestamp, broadcast, message: content } = all
	const message = { key, pushName, broadcast, messageTimestamp: Number(messageTimestamp) }
	const bytes = proto.Message.encode(content ?? {}).finish()
	return { target, message, content: Buffer.from(bytes).toString('base64') }
}

const restored = ({ message, content }: Sealed): WAMessage => ({
	...message,
	message: proto.Message.decode(Buffer.from(content, 'base64')),
})
