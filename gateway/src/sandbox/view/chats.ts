import type { Account } from '../server/model.ts'
import type { Bubble, ChatView } from './bubble.ts'
import type { PhoneFacts } from './facts.ts'
import { named } from './names.ts'
import { kindOfChat } from './recipients.ts'
import { summaryOf } from './summary.ts'

/** What others do now, and may be seen doing. */
export type Presences = {
	isOnline(account: Account): boolean
	/** By chat. */
	typing: ReadonlyMap<string, { from: string; state: 'composing' | 'recording' }>
	/** Groups and channels that the person is in; they are chats, also without a message. */
	memberships: readonly string[]
}

/** The chats of a phone, the newest first. */
export function chatsOf(facts: PhoneFacts, bubbles: Bubble[], presences: Presences): ChatView[] {
	const byChat = new Map<string, Bubble[]>(presences.memberships.map((id) => [id, []]))
	for (const bubble of bubbles) {
		const known = byChat.get(bubble.chat)
		if (known) known.push(bubble)
		else byChat.set(bubble.chat, [bubble])
	}
	return [...byChat]
		.map(([id, own]) => chatOf(facts, id, own, presences))
		.sort((one, other) => other.seq - one.seq)
}

/** A chat with the bubbles that are in it. */
export function chatOf(
	facts: PhoneFacts,
	id: string,
	bubbles: Bubble[],
	presences: Presences,
): ChatView {
	const account = facts.accountOf(id)
	const group = facts.group(id)
	const last = bubbles.at(-1)
	const typing = presences.typing.get(id)
	return {
		...named(facts, id),
		kind: kindOfChat(id),
		avatar: (account ?? group ?? facts.channel(id))?.picture?.id ?? null,
		unread: bubbles.filter(({ unread }) => unread).length,
		seq: last?.seq ?? 0,
		last: last ? lineOf(last) : null,
		pinned: bubbles.findLast(({ pinned }) => pinned)?.id ?? null,
		typing: typing ? { name: named(facts, typing.from).name, state: typing.state } : null,
		online: account ? presences.isOnline(account) : false,
		linked: (account?.devices.length ?? 0) > 1,
		members: Object.keys(group?.members ?? {}).map((phone) => memberName(facts, phone)),
		may_write: mayWrite(facts, id),
	}
}

const lineOf = ({ content, at, mine, tick }: Bubble) => ({
	text: summaryOf(content),
	at,
	mine,
	...(tick && { tick }),
})

const memberName = (facts: PhoneFacts, phone: string) =>
	facts.accountOf(`${phone}@s.whatsapp.net`)?.name ?? phone

function mayWrite({ account, group, channel }: PhoneFacts, id: string): boolean {
	const known = group(id)
	if (known) {
		const role = known.members[account.phone]
		return role !== undefined && (!known.announcement || role !== 'member')
	}
	const { owner, admins = [] } = channel(id) ?? {}
	return [owner, ...admins].includes(account.phone) || !id.endsWith('@newsletter')
}
