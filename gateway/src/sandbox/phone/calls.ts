import { randomBytes } from 'node:crypto'
import { lidOf, pnOf } from '../server/jids.ts'
import { newStanzaId, now } from '../server/stanza.ts'
import { childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import type { PhoneContext } from './context.ts'
import { jidOf, type Person } from './person.ts'
import { PhoneError } from './phone-error.ts'
import { addNotice } from './state.ts'

/** A call of this phone, and how it goes on. */
export type PhoneCall = { id: string; to: string; status: 'rings' | 'rejected' | 'ended' }

/** What a call of somebody else is in its chat, by the tag. */
const changes: Record<string, (said: BinaryNode) => string> = {
	offer: (said) => (childOf(said, 'video') ? 'video_call' : 'call'),
	terminate: () => 'call_ended',
}

/** Calls a person or a group. There is no sound: a call rings until it is rejected or ended. */
export class PhoneCalls {
	readonly all: PhoneCall[] = []
	readonly #context: PhoneContext
	/** The chats of the calls of others. */
	readonly #chats = new Map<string, string>()

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
		this.#shows({ id, chat }, video ? 'video_call' : 'call', pnOf(this.#context.account))
		this.#says('offer', { id, to: chat }, attrs, video ? [node('video')] : [])
		return id
	}

	hangsUp(id: string): void {
		const call = this.all.find((each) => each.id === id)
		if (call?.status !== 'rings') throw new PhoneError(`No call ${id} rings`)
		call.status = 'ended'
		this.#shows({ id, chat: call.to }, 'call_ended')
		this.#says('terminate', call)
	}

	/** What another device says about a call. */
	notes(stanza: BinaryNode): void {
		const { from = '' } = stanza.attrs
		for (const said of childrenOf(stanza)) {
			const { 'call-id': id = '', 'group-jid': group } = said.attrs
			const call = this.all.find((each) => each.id === id)
			const isRejected = call?.status === 'rings' && said.tag === 'reject'
			if (call && isRejected) call.status = 'rejected'
			const chat = group ?? call?.to ?? this.#chats.get(id) ?? from
			if (said.tag === 'offer') this.#chats.set(id, chat)
			const change = isRejected ? 'call_rejected' : changes[said.tag]?.(said)
			if (change) this.#shows({ id, chat }, change, from)
		}
		this.#context.whatsapp.events.emit('change')
	}

	/** What became of a call is a line in its chat. */
	#shows({ id, chat }: { id: string; chat: string }, change: string, by?: string): void {
		const notice = { id: `${id} ${change}`, chat, at: now(), change, ...(by && { by }) }
		addNotice(this.#context.state, notice)
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
