import type { WAMessage } from '@whiskeysockets/baileys'
import type { Happening } from '../../events/index.ts'
import type { Change, StateStore } from '../../storage/driver.ts'
import { datedRecords } from './daily-collections.ts'
import type { Step } from '../receive/delivery-status.ts'

type Data = Extract<Happening, { type: 'message.undecryptable' }>['data']
type Trouble = { data: Data; since: number; over: boolean }

/** As long as WhatsApp may deliver it again. */
const KEEP_DAYS = 14

/**
 * Messages that could not be decrypted. Each is told of once, and only if it has not come again in time;
 * that is kept on the disk, so that a restart does not make anybody forget.
 */
export async function openUnreadable(state: StateStore) {
	const records = datedRecords<Trouble>(state, 'unreadable', KEEP_DAYS)
	const troubles = await records.startingWith('')

	const waiting = () => [...troubles].filter(([, { over }]) => !over)

	function put(key: string, trouble: Trouble): Change[] {
		troubles.set(key, trouble)
		return [records.put(key, trouble)]
	}

	return {
		/** A message could not be read: waiting for it begins, unless it has before. */
		failed(message: WAMessage, data: Data): Change[] {
			const key = keyOf(message)
			return troubles.has(key) ? [] : put(key, { data, since: Date.now(), over: false })
		},
		/** A message was read: nobody waits for it any longer. */
		healed(message: WAMessage): Change[] {
			const key = keyOf(message)
			const trouble = troubles.get(key)
			return trouble?.over === false ? put(key, { ...trouble, over: true }) : []
		},
		/** What to tell of those that have not come since a time. */
		givenUp: (time: number): Step[] =>
			waiting()
				.filter(([, { since }]) => since <= time)
				.map(([key, trouble]) => ({
					happening: { type: 'message.undecryptable', data: trouble.data },
					changes: put(key, { ...trouble, over: true }),
				})),
		/** Since when the one is waited for that failed first. */
		oldest: (): number | undefined => waiting()[0]?.[1].since,
		prune: () => records.prune(),
	}
}

export type Unreadable = Awaited<ReturnType<typeof openUnreadable>>

const keyOf = ({ key: { remoteJid, participant, id } }: WAMessage) =>
	[remoteJid, participant ?? '', id].join(' ')
