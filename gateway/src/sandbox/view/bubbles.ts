import type { Received } from '../phone/received.ts'
import type { ChatNotice } from '../phone/state.ts'
import type { Bubble, Content } from './bubble.ts'
import { withChannelReactions } from './channel-reactions.ts'
import { changeIn, type Change } from './changes.ts'
import { describe } from './content/index.ts'
import { Draft } from './draft.ts'
import type { PhoneFacts } from './facts.ts'
import { named, oneJid } from './names.ts'
import { sentenceOf } from './notices.ts'
import { innerMessage, contextIn } from './proto.ts'
import { summaryOf } from './summary.ts'
import { recipientsOf } from './recipients.ts'
import { tickOf } from './ticks.ts'

/** Every bubble of a phone in the order of arrival, with what was done to it since. */
export function bubblesOf(facts: PhoneFacts): Bubble[] {
	const drafts: Draft[] = []
	const byId = new Map<string, Draft>()
	for (const item of inOrder(facts)) {
		const change = 'change' in item ? undefined : appliedChange(facts, item, byId)
		const bubble = 'change' in item ? noticeBubble(facts, item) : bubbleOf(facts, item, change)
		if (!bubble) continue
		const draft = new Draft(bubble)
		drafts.push(draft)
		byId.set(bubble.id, draft)
	}
	return drafts.map((draft) => withChannelReactions(facts, draft.finished()))
}

const inOrder = ({ entries, notices }: PhoneFacts): (Received | ChatNotice)[] =>
	[...entries, ...notices].sort((one, other) => one.seq - other.seq)

/** Does to another bubble what a message says. @returns the change, if the message is one */
function appliedChange(
	facts: PhoneFacts,
	entry: Received,
	byId: Map<string, Draft>,
): Change | undefined {
	const change = changeIn(entry)
	if (!change || entry.refused) return change
	const { id: person, name } = named(facts, entry.from)
	const isMine = entry.fromMe
	byId.get(change.target)?.apply(change, { person, name: isMine ? 'You' : name, isMine })
	return change
}

/** What a change leaves in the chat as a line of its own, if anything. */
function lineOf(facts: PhoneFacts, entry: Received, change: Change): Content | undefined {
	const who = entry.fromMe ? 'You' : named(facts, entry.from).name
	const what = change.does === 'edit' ? 'An edit' : 'A deletion'
	if (entry.refused) return { kind: 'system', text: `${what} was not followed: ${entry.refused}` }
	if (change.does !== 'pin' || !change.on) return undefined
	return { kind: 'system', text: `${who} pinned a message.` }
}

function contentFor(facts: PhoneFacts, entry: Received, change?: Change): Content | undefined {
	if (!entry.message) return { kind: 'unreadable', why: entry.error ?? 'nobody knows why' }
	if (change) return lineOf(facts, entry, change)
	// The second file of a picture or a film is shown in place of the first, which it looks like.
	if (entry.message.associatedChildMessage) return undefined
	const { encCommentMessage } = innerMessage(entry.message)
	const said = encCommentMessage ? entry.opened : entry.message
	const content = said && describe(withNames(facts, said))
	return content && 'file' in content && content.file
		? ({ ...content, file: { ...content.file, ...arrived(entry) } } as Content)
		: content
}

const arrived = ({ media, mediaError }: Received) => ({
	...(media && { mimetype: media.mimetype, size: media.size }),
	...(mediaError !== undefined && { missing: mediaError }),
})

/** A text names people by their number or LID: `@4917…`. */
function withNames(facts: PhoneFacts, message: NonNullable<Received['message']>) {
	const { mentionedJid } = contextIn(message)
	const said = message.extendedTextMessage
	if (!mentionedJid?.length || !said?.text) return message
	const text = mentionedJid.reduce(
		(text, jid) => text.replaceAll(`@${jid.split('@')[0]}`, `@${named(facts, jid).name}`),
		said.text,
	)
	return { ...message, extendedTextMessage: { ...said, text } }
}

function bubbleOf(facts: PhoneFacts, entry: Received, change?: Change): Bubble | undefined {
	const content = contentFor(facts, entry, change)
	if (!content) return undefined
	const chat = oneJid(facts, entry.chat)
	const context = entry.message ? contextIn(entry.message) : {}
	const isUnread = !entry.fromMe && content.kind !== 'system' && entry.seq > facts.readUpTo(chat)
	return {
		id: entry.id,
		seq: entry.seq,
		chat,
		mine: entry.fromMe,
		author: named(facts, entry.from),
		at: entry.timestamp,
		content,
		...(entry.fromMe && content.kind !== 'system' && ticksOf(facts, entry, chat)),
		...(context.isForwarded && { forwarded: true as const }),
		...(context.expiration && { disappears: context.expiration }),
		...quoteIn(facts, entry),
		...(isUnread && { unread: true as const }),
		reactions: [],
	}
}

function ticksOf(facts: PhoneFacts, { id, from, seq }: Received, chat: string) {
	// What a linked device has sent was acknowledged to that device; of very old messages nobody noted it.
	const isTaken = from.includes(':') || seq === 0
	const known = facts.progress[id]
	const progress = isTaken ? { people: {}, ...known, acked: true as const } : known
	const refusal = progress?.refusal
	return {
		tick: tickOf(progress, recipientsOf(facts, chat)),
		...(refusal !== undefined && { refusal }),
	}
}

function quoteIn(facts: PhoneFacts, { message }: Received): Pick<Bubble, 'quote'> {
	const { stanzaId, participant, quotedMessage } = message ? contextIn(message) : {}
	if (!stanzaId || !quotedMessage) return {}
	const content = describe(quotedMessage)
	const author = participant ? named(facts, participant).name : ''
	return { quote: { id: stanzaId, author, text: content ? summaryOf(content) : '' } }
}

const noticeBubble = (facts: PhoneFacts, notice: ChatNotice): Bubble => ({
	id: notice.id,
	seq: notice.seq,
	chat: oneJid(facts, notice.chat),
	mine: false,
	author: named(facts, notice.by ?? notice.chat),
	at: notice.at,
	content: { kind: 'system', text: sentenceOf(facts, notice) },
	reactions: [],
})
