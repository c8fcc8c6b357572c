import { proto } from '@whiskeysockets/baileys'
import { lidOf } from '../server/jids.ts'
import { pnOf } from '../server/jids.ts'
import { type Account } from '../server/model.ts'
import type { Inbox } from './inbox.ts'
import type { Received } from './received.ts'
import { hasManyAuthors } from './find-message.ts'
import type { PhoneContext } from './context.ts'
import { personOf } from './person.ts'

const { INITIAL_BOOTSTRAP, RECENT, FULL, PUSH_NAME } = proto.HistorySync.HistorySyncType

/** A real phone sends some hundred kilobytes at first, then three months, and years on request. */
const NEWEST = 200
const OF_MONTHS = 1_000

/** The history that a phone sends to a new device: the chats and the names of people. */
export function historyOf(
	context: PhoneContext,
	inbox: Inbox,
	wantsAll: boolean,
): proto.IHistorySync[] {
	const entries = inbox.entries.filter(({ message }) => message)
	const months = entries.slice(-OF_MONTHS)
	const parts = [
		{ syncType: INITIAL_BOOTSTRAP, told: months.slice(-NEWEST) },
		{ syncType: RECENT, told: months.slice(0, -NEWEST) },
		{ syncType: FULL, told: wantsAll ? entries.slice(0, -OF_MONTHS) : [] },
	].filter(({ syncType, told }) => told.length || syncType === INITIAL_BOOTSTRAP)
	const pushnames = namesIn(context, wantsAll ? entries : months)
	return [
		...parts.map(({ syncType, told }, index) => ({
			syncType,
			progress: Math.round((100 * (index + 1)) / parts.length),
			conversations: conversationsOf(context, told),
		})),
		...(pushnames.length ? [{ syncType: PUSH_NAME, pushnames }] : []),
	]
}

/** Messages by chat. @param told oldest first */
export function conversationsOf(context: PhoneContext, told: Received[]): proto.IConversation[] {
	const chats = new Map<string, Received[]>()
	for (const entry of told.toReversed()) {
		const known = chats.get(entry.chat)
		if (known) known.push(entry)
		else chats.set(entry.chat, [entry])
	}
	return [...chats].map(([id, entries]) => conversationOf(context, id, entries))
}

/** As on the wire, the newest message first. */
function conversationOf(
	{ whatsapp, state }: PhoneContext,
	id: string,
	entries: Received[],
): proto.IConversation {
	const account: Account | undefined = whatsapp.directory.account(id)
	const timer = account && state.timers?.[account.phone]
	return {
		id,
		name: whatsapp.directory.groups.get(id)?.subject,
		...(account && { pnJid: pnOf(account), lidJid: lidOf(account) }),
		conversationTimestamp: entries[0]!.timestamp,
		unreadCount: entries.length,
		...(timer && { ephemeralExpiration: timer.seconds, ephemeralSettingTimestamp: timer.at }),
		messages: entries.map((entry) => ({ message: messageInfo(entry) })),
	}
}

/** A message as phones give it to their linked devices. */
export const messageInfo = ({ id, chat, from, fromMe, timestamp, message }: Received) => ({
	key: {
		id,
		remoteJid: chat,
		fromMe,
		participant: hasManyAuthors(chat) && !fromMe ? personOf(from) : undefined,
	},
	messageTimestamp: timestamp,
	message,
})

function namesIn({ whatsapp }: PhoneContext, entries: Received[]): proto.IPushname[] {
	const people = new Set(entries.filter(({ fromMe }) => !fromMe).map(({ from }) => personOf(from)))
	return [...people].map((id) => ({ id, pushname: whatsapp.directory.account(id)?.name }))
}
