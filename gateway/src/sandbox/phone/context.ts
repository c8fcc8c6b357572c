import { childOf, node, type BinaryNode } from '../wire/node.ts'
import type { Account, Party } from '../server/directory.ts'
import { newStanzaId, type WhatsApp } from '../server/whatsapp.ts'
import type { PhoneState } from './state.ts'
import { PhoneError } from './phone-error.ts'
import { Post } from './encryption.ts'

/** What the parts of a phone share: whose it is, its memory, and its way to the server. */
export class Line {
	readonly whatsapp: WhatsApp
	readonly account: Account
	readonly party: Party
	readonly state: PhoneState
	readonly post: Post

	constructor(whatsapp: WhatsApp, account: Account, state: PhoneState) {
		this.whatsapp = whatsapp
		this.account = account
		this.party = { account, device: account.devices[0]! }
		this.state = state
		this.post = new Post(whatsapp, this.party, state.signal)
	}

	send(stanza: BinaryNode): void {
		this.whatsapp.accept(this.party, stanza)
	}

	/** Asks the server. @throws PhoneError with what it says against it */
	ask(type: 'get' | 'set', xmlns: string, to: string, content: BinaryNode): BinaryNode {
		const iq = node('iq', { id: newStanzaId(), type, xmlns, to }, [content])
		const answer = this.whatsapp.query(this.party, iq)
		const refusal = childOf(answer, 'error')
		if (refusal) throw new PhoneError(`${content.tag}: ${refusal.attrs.code} ${refusal.attrs.text}`)
		return answer
	}

	isOwn(jid: string): boolean {
		return this.whatsapp.directory.account(jid) === this.account
	}
}
