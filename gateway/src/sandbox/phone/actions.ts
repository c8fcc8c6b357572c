import { proto } from '@whiskeysockets/baileys'
import { isChannel } from '../server/channels.ts'
import { STATUS } from '../server/fan-out.ts'
import { pnOf } from '../server/jids.ts'
import { now } from '../server/stanza.ts'
import type { StanzaChange } from '../server/stanza-changes.ts'
import { deletion, keep, pin, reaction, reply, wrappedEdit } from './message-actions.ts'
import type { Inbox } from './inbox.ts'
import { findMessage, hasManyAuthors, type FoundMessage } from './find-message.ts'
import type { PhoneContext } from './context.ts'
import { withContextInfo } from './context-info.ts'
import { Timers, timerSetting } from './timers.ts'
import { newMessageId, type Outgoing } from './outgoing.ts'
import { mayDelete, mayEdit } from './permissions.ts'
import { jidOf, type Person } from './person.ts'
import { PhoneError } from './phone-error.ts'
import { encryptedEventResponse, vote } from './answers.ts'
import { isWritten, secretOf, withSecret } from './message-secret.ts'
import { sealedComment, sealedEdit, sealedEventEdit, sealedReaction } from './sealed.ts'
import { type EventResponse } from './received.ts'
import { replyToList, replyToButton } from './button-replies.ts'

const DAY_SECONDS = 86_400

type Addressed = {
	to: Person
	id?: string
	/** The message that this one answers. */
	replyTo?: string
	/** What is unusual about its stanza. */
	stanza?: StanzaChange
}

/**
 * The actions of a person. Ids are those of messages on this phone, received or sent. Every method resolves with the id
 * of the message that it has sent.
 */
export class PhoneActions {
	readonly inbox: Inbox
	readonly timers: Timers
	protected readonly context: PhoneContext
	protected readonly outgoing: Outgoing

	constructor(context: PhoneContext, inbox: Inbox, outgoing: Outgoing) {
		this.context = context
		this.inbox = inbox
		this.timers = new Timers(context)
		this.outgoing = outgoing
	}

	/** Sends a text. */
	says(text: string, addressed: Addressed): Promise<string> {
		return this.sends({ conversation: text }, addressed)
	}

	/** Sends any message, encrypted for each device of both sides. */
	sends(
		message: proto.IMessage,
		{ to, id = newMessageId(), replyTo, stanza }: Addressed,
	): Promise<string> {
		const chat = jidOf(to)
		const content = replyTo ? reply(this.message(replyTo), message) : message
		this.context.whatsapp.stanzaChanges.set(this.context.party, id, stanza)
		return this.outgoing.send(isChannel(chat) ? content : this.#written(content, chat), chat, id)
	}

	/** Posts a status for these people to see. */
	posts(
		message: proto.IMessage,
		audience: Person[],
		{ id = newMessageId(), stanza }: Omit<Addressed, 'to'> = {},
	): Promise<string> {
		this.context.whatsapp.stanzaChanges.set(this.context.party, id, stanza)
		return this.outgoing.encryption(withSecret(message), audience.map(jidOf), id)
	}

	/** @param emoji '' takes the reaction back */
	reacts(id: string, emoji: string, { sealed = false } = {}): Promise<string> {
		return this.#answers(id, (message) =>
			sealed ? sealedReaction(this.context, message, emoji) : reaction(message, emoji),
		)
	}

	/** Comments on an announcement of a community. */
	comments(id: string, text: string): Promise<string> {
		return this.#answers(id, (message) =>
			sealedComment(this.context, message, { extendedTextMessage: { text } }),
		)
	}

	/** @param options the names of all that are chosen; none takes the vote back */
	votes(id: string, options: string[]): Promise<string> {
		return this.#answers(id, (poll) => vote(this.context, poll, options))
	}

	/** Accepts or declines an event. */
	responds(id: string, response: EventResponse): Promise<string> {
		return this.#answers(id, (event) => encryptedEventResponse(this.context, event, response))
	}

	/** Presses a button. @param button its id or its label */
	taps(id: string, button: string): Promise<string> {
		return this.#answers(id, (message) => replyToButton(message, button))
	}

	/** Chooses a row of a list. @param row its id or its title */
	picks(id: string, row: string): Promise<string> {
		return this.#answers(id, (message) => replyToList(message, row))
	}

	/** @param sealed whether only those who have the message can read the edit; where it has a secret, phones do that */
	edits(
		id: string,
		text: string,
		{ sealed }: { sealed?: boolean | undefined } = {},
	): Promise<string> {
		const own = this.#editable(id)
		return this.#answers(id, () =>
			(sealed ?? secretOf(own)) ? sealedEdit(this.context, own, text) : wrappedEdit(own, text),
		)
	}

	/** @param changes the fields of the event that are different now */
	editsEvent(id: string, changes: proto.Message.IEventMessage): Promise<string> {
		const own = this.#editable(id)
		return this.#answers(id, () => sealedEventEdit(this.context, own, changes))
	}

	/** Deletes a message for everyone; messages of others only as an admin of the group. */
	deletes(id: string): Promise<string> {
		mayDelete(this.context, this.message(id), this.#change())
		return this.#answers(id, deletion)
	}

	/** @param seconds for how long; 0 unpins */
	pins(id: string, seconds = DAY_SECONDS): Promise<string> {
		return this.#answers(id, (message) => pin(message, seconds))
	}

	/** Keeps a message that would disappear. */
	keeps(id: string, kept = true): Promise<string> {
		return this.#answers(id, (message) => keep(message, kept))
	}

	/** Sets after how many seconds messages in a chat disappear; 0 turns it off. */
	setsTimer(to: Person, seconds: number): Promise<string> {
		const chat = jidOf(to)
		if (hasManyAuthors(chat))
			throw new PhoneError('The timer of a group is a setting of the group.')
		const setting = timerSetting(chat, seconds)
		this.timers.note(chat, setting)
		return this.sends(setting, { to })
	}

	/** Sends a message through a broadcast list to several people, each of whom gets it in their own chat. */
	broadcasts(
		message: proto.IMessage,
		to: Person[],
		addressed: Omit<Addressed, 'to'> = {},
	): Promise<string> {
		const list = this.outgoing.newList(to.map(jidOf))
		return this.sends(message, { ...addressed, to: list })
	}

	/** A message on this phone. @throws PhoneError when there is none with this id */
	message(id: string): FoundMessage {
		const known = findMessage(this.context, this.inbox, id)
		if (!known) throw new PhoneError(`This phone has no message ${id}.`)
		return known
	}

	/** With what phones add to all that people write. */
	#written(content: proto.IMessage, chat: string): proto.IMessage {
		const timer = isWritten(content) && this.timers.contextIn(chat)
		return withSecret(timer ? withContextInfo(content, timer) : content)
	}

	#editable(id: string): FoundMessage {
		const known = this.message(id)
		mayEdit(this.context, known, this.#change())
		return known
	}

	#change() {
		return { by: pnOf(this.context.account), at: now() }
	}

	#answers(id: string, make: (known: FoundMessage) => proto.IMessage): Promise<string> {
		const known = this.message(id)
		if (known.chat !== STATUS) return this.sends(make(known), { to: known.chat })
		const audience = known.fromMe ? this.context.state.sent[id]?.audience : [known.author]
		return this.posts(make(known), audience ?? [])
	}
}
