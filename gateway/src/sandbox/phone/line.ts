import type { BinaryNode } from '../wire/node.ts'
import type { Account, Party } from '../server/directory.ts'
import type { WhatsApp } from '../server/whatsapp.ts'
import type { PhoneState } from './memory.ts'
import { Post } from './post.ts'

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

	isOwn(jid: string): boolean {
		return this.whatsapp.directory.account(jid) === this.account
	}
}
