import { now } from '../server/stanza.ts'
import { node } from '../wire/node.ts'
import type { PhoneContext } from './context.ts'
import { hasManyAuthors } from './find-message.ts'
import type { Inbox } from './inbox.ts'
import { jidOf } from './person.ts'
import type { Received } from './received.ts'
import type { Account } from '../server/model.ts'

/** What a person has read, and whom they let know. */
export class Reading {
	readonly #context: PhoneContext
	readonly #inbox: Inbox

	constructor(context: PhoneContext, inbox: Inbox) {
		this.#context = context
		this.#inbox = inbox
	}

	reads(received: Received): void {
		this.#tells(received, 'read')
		this.#notes(received)
	}

	plays(received: Received): void {
		this.#tells(received, 'played')
	}

	/** Reads all that is new in a chat. @param chat any jid of it */
	readsChat(chat: string): void {
		const key = this.#keyOf(chat)
		const upTo = this.#context.state.read?.[key] ?? 0
		const isNew = ({ fromMe, seq, ...entry }: Received) =>
			!fromMe && seq > upTo && this.#keyOf(entry.chat) === key
		for (const entry of this.#inbox.entries.filter(isNew)) {
			// Nobody reads what cannot be decrypted; it comes again.
			if (entry.message) this.#tells(entry, 'read')
			this.#notes(entry)
		}
	}

	#tells({ id, from, chat }: Received, type: 'read' | 'played'): void {
		const where = hasManyAuthors(chat) ? { to: chat, participant: from } : { to: from }
		this.#context.send(node('receipt', { id, ...where, type, t: now() }))
	}

	#notes({ chat, seq }: Received): void {
		const read = (this.#context.state.read ??= {})
		const key = this.#keyOf(chat)
		read[key] = Math.max(read[key] ?? 0, seq)
	}

	/** One jid for a chat, whether its person is called by number or by LID. */
	#keyOf(chat: string): string {
		const account: Account | undefined = this.#context.whatsapp.directory.account(chat)
		return account ? jidOf({ account }) : chat
	}
}
