import { node, type BinaryNode } from '../wire/node.ts'
import type { Party } from './model.ts'

/** How the stanza of one message differs from a usual one. */
export type StanzaChange = {
	/** Attributes as the recipient's devices get them; null leaves one out. */
	attrs?: Record<string, string | number | null>
	/** With false, linked devices get the stanza without content. Phones always get the content. */
	enc?: boolean
	/** Nodes that are added for linked devices, such as `<unavailable>`. */
	children?: BinaryNode[]
}

/** Changes to the stanzas of messages on their way; resent copies get the same ones. */
export class StanzaChanges {
	readonly #changes = new Map<string, StanzaChange>()

	/** @param change undefined for a message that is delivered as it is */
	set({ account }: Party, id: string, change: StanzaChange | undefined): void {
		if (change) this.#changes.set(`${account.phone} ${id}`, change)
		else this.#changes.delete(`${account.phone} ${id}`)
	}

	/** The stanza as this device of a recipient gets it. */
	apply(sender: Party, to: Party, stanza: BinaryNode): BinaryNode {
		const change = this.#changes.get(`${sender.account.phone} ${stanza.attrs.id}`)
		if (!change) return stanza
		const { attrs, enc = true, children = [] } = change
		const changed = node(stanza.tag, present({ ...stanza.attrs, ...attrs }), stanza.content)
		if (to.device.id === 0 || !Array.isArray(stanza.content)) return changed
		const kept = stanza.content.filter(({ tag }) => enc || tag !== 'enc')
		return { ...changed, content: [...kept, ...children] }
	}
}

const present = (attrs: NonNullable<StanzaChange['attrs']>) =>
	Object.fromEntries(Object.entries(attrs).map(([name, value]) => [name, value ?? undefined]))
