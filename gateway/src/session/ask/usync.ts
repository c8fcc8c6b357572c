import {
	getBinaryNodeChild,
	getBinaryNodeChildren,
	S_WHATSAPP_NET,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys'
import { askWhatsApp } from './ask-whatsapp.ts'
import { answerUnreadable } from './whatsapp-errors.ts'

/** Facts about users in one query: which ones (`contact`, `lid`, `status` …), and of whom. */
export type UsyncQuestion = {
	facts: BinaryNode[]
	users: BinaryNode[]
	mode: 'query' | 'full'
	context: 'interactive' | 'background'
}

/**
 * Asks WhatsApp for facts about users. Baileys' own `executeUSyncQuery` throws for all users when a fact about one of
 * them is refused.
 * @returns the users that WhatsApp speaks of
 * @throws GatewayError as `askWhatsApp`
 */
export async function askUsync(
	socket: WASocket,
	{ facts, users, mode, context }: UsyncQuestion,
	limitMs?: number,
): Promise<BinaryNode[]> {
	const attrs = { context, mode, sid: socket.generateMessageTag(), last: 'true', index: '0' }
	const content = [
		{ tag: 'query', attrs: {}, content: facts },
		{ tag: 'list', attrs: {}, content: users },
	]
	const query: BinaryNode = {
		tag: 'iq',
		attrs: { to: S_WHATSAPP_NET, type: 'get', xmlns: 'usync' },
		content: [{ tag: 'usync', attrs, content }],
	}
	const answer = await askWhatsApp(() => socket.query(query), limitMs)
	const list = getBinaryNodeChild(getBinaryNodeChild(answer, 'usync'), 'list')
	if (!list) throw answerUnreadable('it has no list of users')
	return getBinaryNodeChildren(list, 'user')
}

/** A user to be asked about, by phone number. @param digits country code first */
export const userWithNumber = (digits: string): BinaryNode => ({
	tag: 'user',
	attrs: {},
	content: [{ tag: 'contact', attrs: {}, content: `+${digits}` }],
})
