import { proto } from '@whiskeysockets/baileys'
import { lidOf, pnOf, type Account } from '../server/directory.ts'
import type { Inbox, Received } from './inbox.ts'
import { hasManyAuthors } from './known.ts'
import type { Line } from './line.ts'
import { personOf } from './person.ts'

const { INITIAL_BOOTSTRAP, PUSH_NAME } = proto.HistorySync.HistorySyncType

/** A real phone tells some hundred kilobytes at first. */
const NEWEST = 200

/** What a phone tells a new device of what has arrived on it: the chats, and what people call themselves. */
export function historyOf(line: Line, inbox: Inbox): proto.IHistorySync[] {
	const told = inbox.entries.filter(({ message }) => message).slice(-NEWEST)
	const chats = new Map<string, Received[]>()
	for (const entry of told) chats.set(entry.chat, [entry, ...(chats.get(entry.chat) ?? [])])
	const conversations = [...chats].map(([id, entries]) => conversationOf(line, id, entries))
	const pushnames = namesIn(line, told)
	return [
		{ syncType: INITIAL_BOOTSTRAP, progress: 100, conversations },
		...(pushnames.length ? [{ syncType: PUSH_NAME, pushnames }] : []),
	]
}

/** As on the wire, the newest message first. */
function conversationOf({ whatsapp }: Line, id: string, entries: Received[]): proto.IConversation {
	const account: Account | undefined = whatsapp.directory.account(id)
	return {
		id,
		name: whatsapp.directory.groups.get(id)?.subject,
		...(account && { pnJid: pnOf(account), lidJid: lidOf(account) }),
		conversationTimestamp: entries[0]!.timestamp,
		unreadCount: entries.length,
		messages: entries.map((entry) => ({ message: messageOf(entry) })),
	}
}

const messageOf = ({ id, chat, from, fromMe, timestamp, message }: Received) => ({
	key: {
		id,
		remoteJid: chat,
		fromMe,
		participant: hasManyAuthors(chat) && !fromMe ? personOf(from) : undefined,
	},
	messageTimestamp: timestamp,
	message,
})

function namesIn({ whatsapp }: Line, entries: Received[]): proto.IPushname[] {
	const people = new Set(entries.filter(({ fromMe }) => !fromMe).map(({ from }) => personOf(from)))
	return [...people].map((id) => ({ id, pushname: whatsapp.directory.account(id)?.name }))
}
