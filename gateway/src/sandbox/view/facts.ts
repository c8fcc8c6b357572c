import type { Received } from '../phone/received.ts'
import type { ChatNotice, Progress } from '../phone/state.ts'
import type { Account, Channel, Group } from '../server/model.ts'

/** What a phone knows, as the view reads it. Plain data and look-ups: nothing here changes anything. */
export type PhoneFacts = {
	account: Account
	/** What came and what was sent, and what groups were told; `seq` is the order. */
	entries: readonly Received[]
	notices: readonly ChatNotice[]
	/** How far this account's messages got, by id. */
	progress: Readonly<Record<string, Progress>>
	/** Up to which `seq` a chat was read. */
	readUpTo(chat: string): number
	/** The account behind a jid, if there is one. */
	accountOf(jid: string): Account | undefined
	group(id: string): Group | undefined
	channel(id: string): Channel | undefined
}
