import {
	getBinaryNodeChild,
	getBinaryNodeChildren,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys'
import { element } from './element.ts'
import { askIq } from './iq.ts'
import { answerUnreadable } from './whatsapp-errors.ts'

/** Facts (`contact`, `lid`, `status` …) about users, in one query. */
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
	const content = [element('query', {}, facts), element('list', {}, users)]
	const asked = element('usync', attrs, content)
	const answer = await askIq(socket, { type: 'get', xmlns: 'usync', content: [asked] }, limitMs)
	const list = getBinaryNodeChild(getBinaryNodeChild(answer, 'usync'), 'list')
	if (!list) throw answerUnreadable('it has no list of users')
	return getBinaryNodeChildren(list, 'user')
}

/** A user to be asked about, by phone number. @param digits country code first */
export const userWithNumber = (digits: string): BinaryNode =>
	element('user', {}, [element('contact', {}, `+${digits}`)])
