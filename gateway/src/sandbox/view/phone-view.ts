import type { Phone } from '../phone/phone.ts'
import { kindOfChat } from './recipients.ts'
import { oneJid } from './names.ts'
import type { WhatsApp } from '../server/whatsapp.ts'
import type { Bubble, ChatView } from './bubble.ts'
import { bubblesOf } from './bubbles.ts'
import { chatsOf, type Presences } from './chats.ts'
import type { PhoneFacts } from './facts.ts'

/** What a phone knows, for the view. */
function factsOf(whatsapp: WhatsApp, phone: Phone): PhoneFacts {
	const { directory } = whatsapp
	const { notices = [], progress = {}, read = {} } = phone.state
	return {
		account: phone.account,
		entries: phone.entries(),
		notices,
		progress,
		readUpTo: (chat) => read[chat] ?? 0,
		accountOf: (jid) => directory.account(jid),
		group: (id) => directory.groups.get(id),
		channel: (id) => directory.channels.get(id),
	}
}

function presencesOf(whatsapp: WhatsApp, phone: Phone, facts: PhoneFacts): Presences {
	const { groups, channels } = whatsapp.directory
	const number = phone.account.phone
	const typing = [...phone.typing.now].map(([jid, told]) => [oneJid(facts, jid), told] as const)
	return {
		isOnline: (account) => whatsapp.online.has(account),
		typing: new Map(typing),
		memberships: [
			...[...groups.values()].filter(({ members }) => number in members).map(({ id }) => id),
			...[...channels.values()]
				.filter(({ followers }) => followers.includes(number))
				.map(({ id }) => id),
		],
	}
}

/** All that a phone shows. */
export type PhoneView = { chats: ChatView[]; bubbles: Bubble[] }

export function phoneView(whatsapp: WhatsApp, phone: Phone): PhoneView {
	const facts = factsOf(whatsapp, phone)
	const bubbles = bubblesOf(facts)
	return { bubbles, chats: chatsOf(facts, bubbles, presencesOf(whatsapp, phone, facts)) }
}

/** A page of the bubbles of a chat: the newest, or the newest before a place. @param chat any jid of it */
export function bubblePage(
	whatsapp: WhatsApp,
	phone: Phone,
	chat: string,
	{ before = Infinity, limit }: { before?: number | undefined; limit: number },
): { bubbles: Bubble[]; more: boolean } {
	const facts = factsOf(whatsapp, phone)
	const id = kindOfChat(chat) === 'person' ? oneJid(facts, chat) : chat
	const older = bubblesOf(facts).filter((bubble) => bubble.chat === id && bubble.seq < before)
	return { bubbles: older.slice(-limit), more: older.length > limit }
}
