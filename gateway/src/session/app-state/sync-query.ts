import {
	getBinaryNodeChild,
	getBinaryNodeChildren,
	type BinaryNode,
	type WAPatchCreate,
	type WASocket,
} from '@whiskeysockets/baileys'
import { expected } from '../ask/element.ts'
import { askIq } from '../ask/iq.ts'
import { refusedWith } from '../ask/whatsapp-errors.ts'

/** The part of the app state that a change is in; each has versions of its own. */
export type Collection = WAPatchCreate['type']

/**
 * Asks WhatsApp about collections of the app state. Each has an answer of its own, which may be a refusal.
 * @returns the whole answer, and the collections in it
 * @throws GatewayError as `askWhatsApp`
 */
export async function askAppState(socket: WASocket, content: BinaryNode[]) {
	const answer = await askIq(socket, {
		type: 'set',
		xmlns: 'w:sync:app:state',
		content: [{ tag: 'sync', attrs: {}, content }],
	})
	return { answer, collections: getBinaryNodeChildren(expected(answer, 'sync'), 'collection') }
}

/** WhatsApp's refusal of a collection, with its code; undefined if it has accepted it. */
export function refusalIn(collection: BinaryNode) {
	if (collection.attrs.type !== 'error') return undefined
	const { code, text = '' } = getBinaryNodeChild(collection, 'error')?.attrs ?? {}
	return { code: Number(code), error: refusedWith(Number(code), text) }
}
