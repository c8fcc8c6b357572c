import { isJidBroadcast, isJidNewsletter } from '@whiskeysockets/baileys'
import type { Identity } from '../../../events/identity.ts'
import { SECOND_MS } from '../../../lib/units.ts'
import { identityOf, isSinglePerson, jidsOf } from '../../identity.ts'
import type { LastMessage } from '../../state/chats.ts'
import type { SessionState } from '../../state/index.ts'
import { matches } from '../matches.ts'

export type ChatType = 'person' | 'group' | 'channel'

export type ChatSummary = Identity & {
	type: ChatType
	last_message_at: string | null
	archived: boolean
	pinned: boolean
	/** Unix time in seconds, -1 for ever; null if it is not muted. */
	muted_until: number | null
	marked_unread: boolean
	locked: boolean
	/** After how many seconds new messages disappear, 0 for never; null if it is no chat with a person. */
	expiration: number | null
	/** How many messages the account has not read. */
	unread: number
	last_message: LastMessage | null
	/** The ids of its labels. */
	labels: string[]
}

/** Which chats; a chat is unread if it has unread messages, or the mark. */
export type ChatFilter = {
	search?: string | undefined
	archived?: boolean | undefined
	unread?: boolean | undefined
	pinned?: boolean | undefined
	muted?: boolean | undefined
	label?: string | undefined
	type?: ChatType | undefined
}

type Names = {
	/** The names of groups by their jids. */
	subjects: ReadonlyMap<string, string>
	otherName(user: string, kind: 'phone' | 'lid'): string | undefined
}

/** The chats of a session, those with the newest messages first. */
export function listChats(ready: SessionState, names: Names): ChatSummary[] {
	const { messages, contacts, chatStates } = ready
	const jids = [...messages.chats.all().keys(), ...contacts.ids(), ...chatStates.ids()]
	const found = jids
		.filter((jid) => !isJidBroadcast(jid))
		.map((jid) => chatSummary(ready, jid, names))
		.filter((chat) => !isDeleted(ready, chat))
	// The first of several with the same id.
	const chats = new Map(found.toReversed().map((chat) => [chat.id, chat]))
	const at = (chat: ChatSummary) => chat.last_message_at ?? ''
	return [...chats.values()].toReversed().sort((a, b) => at(b).localeCompare(at(a)))
}

/** What the session knows of a chat. */
export function chatSummary(
	{ messages, contacts, chatStates, labels, timers }: SessionState,
	jid: string,
	{ subjects, otherName }: Names,
): ChatSummary {
	const known = identityOf(jid, otherName, { name: subjects.get(jid) })
	const { saved_name, name, business_name } = contacts.namesOf(known)
	const activity = messages.chats.of(jid)
	const kept = chatStates.of(known)
	const { archived, pinned_at, muted_until: until, marked_unread, locked, cleared_at } = kept
	const last = activity?.last && activity.last.at > (cleared_at ?? -1) ? activity.last : null
	const isPerson = isSinglePerson(known)
	const isMuted = until !== null && (until < 0 || until > Date.now() / SECOND_MS)
	return {
		...known,
		name: known.name ?? saved_name ?? name ?? business_name ?? null,
		type: isPerson ? 'person' : isJidNewsletter(jid) ? 'channel' : 'group',
		last_message_at: activity?.at ?? null,
		archived,
		pinned: pinned_at !== null,
		muted_until: isMuted ? until : null,
		marked_unread,
		locked,
		expiration: isPerson ? timers.expirationIn(known) : null,
		unread: activity?.unread ?? 0,
		last_message: last && named(last, otherName),
		labels: labels.of(jidsOf(known)),
	}
}

/** The author as events name them. */
const named = ({ sender, ...last }: LastMessage, otherName: Names['otherName']): LastMessage => ({
	...last,
	...(sender && { sender: identityOf(sender, otherName).id }),
})

/** Whether a chat was removed from the list; a message after that brings it back. */
function isDeleted({ chatStates }: SessionState, { last_message_at: at, ...chat }: ChatSummary) {
	const { deleted_at: deletedAt } = chatStates.of(chat)
	return deletedAt !== null && Date.parse(at ?? '1970') / SECOND_MS <= deletedAt
}

export function fittingChat(filter: ChatFilter): (chat: ChatSummary) => boolean {
	const { search = '', archived, unread, pinned, muted, label, type } = filter
	const fits = (wanted: boolean | undefined, is: boolean) => wanted === undefined || wanted === is
	return (chat) =>
		matches(search, chat.id, chat.phone, chat.name) &&
		fits(archived, chat.archived) &&
		fits(unread, chat.marked_unread || chat.unread > 0) &&
		fits(pinned, chat.pinned) &&
		fits(muted, chat.muted_until !== null) &&
		(label === undefined || chat.labels.includes(label)) &&
		(type === undefined || chat.type === type)
}
