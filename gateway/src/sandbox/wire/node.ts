import type { BinaryNode } from '@whiskeysockets/baileys'

export type { BinaryNode }
type Attributes = Record<string, string | number | undefined>

/** Builds a stanza; attributes that are `undefined` are left out, numbers become text. */
export function node(
	tag: string,
	attrs: Attributes = {},
	content?: BinaryNode['content'],
): BinaryNode {
	const present = Object.entries(attrs).filter(([, value]) => value !== undefined)
	return {
		tag,
		attrs: Object.fromEntries(present.map(([name, value]) => [name, String(value)])),
		content,
	}
}

export const childrenOf = (parent: BinaryNode | undefined, tag?: string): BinaryNode[] =>
	Array.isArray(parent?.content) ? parent.content.filter((c) => !tag || c.tag === tag) : []

export const childOf = (parent: BinaryNode | undefined, tag: string): BinaryNode | undefined =>
	childrenOf(parent, tag)[0]

/** Walks down by tags: `descend(iq, 'usync', 'list')`. */
export const descend = (from: BinaryNode | undefined, ...tags: string[]) =>
	tags.reduce<BinaryNode | undefined>(childOf, from)

/** The bytes of a child. @throws when the child is absent or holds no bytes. */
export function bytesOf(parent: BinaryNode | undefined, tag: string): Buffer {
	const content = childOf(parent, tag)?.content
	if (typeof content === 'string') return Buffer.from(content)
	if (content instanceof Uint8Array) return Buffer.from(content)
	throw new Error(`<${parent?.tag}> lacks the bytes of <${tag}>`)
}

export const uintOf = (parent: BinaryNode | undefined, tag: string) => {
	const bytes = bytesOf(parent, tag)
	return bytes.readUIntBE(0, bytes.length)
}

export const uintBytes = (value: number, length: number) => {
	const bytes = Buffer.alloc(length)
	bytes.writeUIntBE(value, 0, length)
	return bytes
}
