import { randomBytes } from 'node:crypto'
import { lidOf, pnOf } from '../server/jids.ts'
import { newStanzaId } from '../server/stanza.ts'
import { childrenOf, node, type BinaryNode } from '../wire/node.ts'
import type { PhoneContext } from './context.ts'
import { jidOf, type Person } from './person.ts'
import { PhoneError } from './phone-error.ts'

/** A call of this phone, and how it goes on. */
export type PhoneCall = { id: string; to: string; status: 'rings' | 'rejected' | 'ended' }

/** Calls a person or a group. There is no sound: a call rings until it is rejected or ended. */
export class PhoneCalls {
	readonly all: PhoneCall[] = []
	readonly #context: PhoneContext

	constructor(context: PhoneContext) {
		this.#context = context
	}

	/** @param to a person, or the jid of a group @returns the call's id */
	calls(to: Person, { video = false } = {}): string {
		const id = randomBytes(16).toString('hex').toUpperCase()
		const chat = jidOf(to)
		const isGroup = chat.endsWith('@g.us')
		const attrs: Record<string, string> = isGroup ? { type: 'group', 'group-jid': chat } : {}
		this.all.push({ id, to: chat, status: 'rings' })
		this.#says('offer', { id, to: chat }, attrs, video ? [node('video')] : [])
		return id
	}

	hangsUp(id: string): void {
		const call = this.all.find((each) => each.id === id)
		if (call?.status !== 'rings') throw new PhoneError(`No call ${id} rings`)
		call.status = 'ended'
		this.#says('terminate', call)
	}

	/** What another device says about a call. */
	notes(stanza: BinaryNode): void {
		for (const { tag, attrs } of childrenOf(stanza)) {
			const call = this.all.find(({ id }) => id === attrs['call-id'])
			if (call && tag === 'reject' && call.status === 'rings') call.status = 'rejected'
		}
		this.#context.whatsapp.events.emit('change')
	}

	#says(
		tag: string,
		{ id, to }: { id: string; to: string },
		attrs: Record<string, string> = {},
		content: BinaryNode[] = [],
	): void {
		const { account } = this.#context
		const creator = account.addressing === 'lid' ? lidOf(account) : pnOf(account)
		const said = node(tag, { 'call-id': id, 'call-creator': creator, ...attrs }, content)
		this.#context.send(node('call', { id: newStanzaId(), to }, [said]))
	}
}
