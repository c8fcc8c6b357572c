import { S_WHATSAPP_NET, type BinaryNode, type WASocket } from '@whiskeysockets/baileys'
import { askWhatsApp } from './ask-whatsapp.ts'

/** A query: `get` asks for something, `set` changes something. */
export type Iq = {
	type: 'get' | 'set'
	xmlns: string
	/** @default WhatsApp's server */
	to?: string
	/** Whom it is about, where `to` does not say. */
	target?: string | undefined
	/** WhatsApp's number of the query's schema, where it wants one. */
	smaxId?: string
	content?: BinaryNode[] | undefined
}

/**
 * Asks WhatsApp with a query of our own.
 * @throws GatewayError as `askWhatsApp`
 * @example
 * await askIq(socket, { type: 'get', xmlns: 'blocklist' })
 */
export function askIq(
	socket: WASocket,
	{ type, xmlns, to = S_WHATSAPP_NET, target, smaxId, content }: Iq,
	limitMs?: number,
): Promise<BinaryNode> {
	const attrs = { to, type, xmlns, ...(target && { target }), ...(smaxId && { smax_id: smaxId }) }
	return askWhatsApp(() => socket.query({ tag: 'iq', attrs, ...(content && { content }) }), limitMs)
}
