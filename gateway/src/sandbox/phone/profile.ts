import { lidOf, pnOf } from '../server/jids.ts'
import { SERVER_JID } from '../wire/jid.ts'
import { node } from '../wire/node.ts'
import type { PhoneContext } from './context.ts'
import { jidOf, type Person } from './person.ts'
import { PhoneError } from './phone-error.ts'

/** What a person sets on their phone for their account. */
export class PhoneProfile {
	readonly #context: PhoneContext

	constructor(context: PhoneContext) {
		this.#context = context
	}

	/** @param text '' removes it */
	setsAbout(text: string): void {
		this.#context.ask('set', 'status', SERVER_JID, node('status', {}, Buffer.from(text)))
	}

	/** @param jpeg undefined removes the picture */
	setsPicture(jpeg: Uint8Array | undefined): void {
		const content = jpeg ? [node('picture', { type: 'image' }, jpeg)] : []
		this.#context.ask('set', 'w:profile:picture', SERVER_JID, ...content)
	}

	blocks(person: Person): void {
		this.#changesBlocked(person, 'block')
	}

	unblocks(person: Person): void {
		this.#changesBlocked(person, 'unblock')
	}

	#changesBlocked(person: Person, action: 'block' | 'unblock'): void {
		const account = this.#context.whatsapp.directory.account(jidOf(person))
		if (!account) throw new PhoneError(`${jidOf(person)} is not on WhatsApp`)
		const item = node('item', { action, jid: lidOf(account), pn_jid: pnOf(account) })
		this.#context.ask('set', 'blocklist', SERVER_JID, item)
	}
}
