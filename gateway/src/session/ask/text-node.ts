import { getBinaryNodeChildString, type BinaryNode } from '@whiskeysockets/baileys'
import { element } from './element.ts'

/** A node that holds a text. */
export const textNode = (tag: string, text: string): BinaryNode =>
	element(tag, {}, Buffer.from(text))

/** The text of a child; null if it is absent or empty. */
export const textOrNull = (parent: BinaryNode | undefined, tag: string): string | null =>
	getBinaryNodeChildString(parent, tag) || null

/** Null if it is not there, or is no number. */
export function numberIn(parent: BinaryNode | undefined, tag: string): number | null {
	const text = getBinaryNodeChildString(parent, tag)
	return text && Number.isFinite(Number(text)) ? Number(text) : null
}
