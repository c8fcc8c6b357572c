import { answer } from '../server/queries.ts'
import { accept } from '../server/router.ts'
import { childOf, node, type BinaryNode } from '../wire/node.ts'
import type { Party } from '../server/model.ts'
import type { Account } from '../server/model.ts'
import { type WhatsApp } from '../server/whatsapp.ts'
import { newStanzaId } from '../server/stanza.ts'
import type { PhoneState } from './state.ts'
import { PhoneError } from './phone-error.ts'
import { Encryption } from './encryption.ts'

/** What is not lost while a phone is offline; that somebody types then nobody needs to know later. */
const WAITS = new Set(['message', 'receipt', 'ack', 'call'])

/** What the parts of a phone share: its account, its state and its connection to the server. */
export class PhoneContext {
	readonly whatsapp: WhatsApp
	readonly account: Account
	readonly party: Party
	readonly state: PhoneState
	readonly encryption: Encryption

	constructor(whatsapp: WhatsApp, account: Account, state: PhoneState) {
		this.whatsapp = whatsapp
		this.account = account
		this.party = { account, device: account.devices[0]! }
		this.state = state
		this.encryption = new Encryption(whatsapp, this.party, state.signal)
	}

	/** Sends a stanza; what a person says while the phone is offline waits until it is online again. */
	send(stanza: BinaryNode): void {
		const { waiting = [] } = this.state
		if (this.whatsapp.isConnected(this.party) && !waiting.length)
			return accept(this.whatsapp, this.party, stanza)
		if (!WAITS.has(stanza.tag)) return
		this.state.waiting = [...waiting, stanza]
		this.whatsapp.events.emit('change')
	}

	/** Sends what has waited, in its order. */
	sendWaiting(): void {
		while (this.state.waiting?.length && this.whatsapp.isConnected(this.party))
			accept(this.whatsapp, this.party, this.state.waiting.shift()!)
	}

	/** Sends a query to the server. @throws PhoneError with the server's refusal */
	ask(
		type: 'get' | 'set',
		xmlns: string,
		to: string | { to: string; target: string },
		...content: BinaryNode[]
	): BinaryNode {
		const whom = typeof to === 'string' ? { to } : to
		const iq = node('iq', { id: newStanzaId(), type, xmlns, ...whom }, content)
		const result = answer(this.whatsapp, this.party, iq)
		const refusal = childOf(result, 'error')
		if (refusal) throw new PhoneError(`${xmlns}: ${refusal.attrs.code} ${refusal.attrs.text}`)
		return result
	}

	isOwn(jid: string): boolean {
		return this.whatsapp.directory.account(jid) === this.account
	}
}
