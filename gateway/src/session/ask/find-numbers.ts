import {
	getBinaryNodeChild,
	getBinaryNodeChildren,
	jidNormalizedUser,
	S_WHATSAPP_NET,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys'
import { askWhatsApp } from './ask-whatsapp.ts'
import { answerUnreadable } from './whatsapp-errors.ts'

/**
 * Asks WhatsApp in one query which of these numbers it knows; many queries get an account restricted. Baileys' own
 * `onWhatsApp` does not tell "no" from left out.
 * @param numbers their digits
 * @returns by number, the jid of who has it, or null for "not on WhatsApp"; what WhatsApp leaves out is not there.
 * WhatsApp may spell a number differently, as in Brazil
 * @throws GatewayError as `askWhatsApp`
 */
export async function findNumbers(
	socket: WASocket,
	numbers: string[],
	limitMs?: number,
): Promise<Map<string, string | null>> {
	const query = queryFor([...new Set(numbers)], socket.generateMessageTag())
	const answer = await askWhatsApp(() => socket.query(query), limitMs)
	const list = getBinaryNodeChild(getBinaryNodeChild(answer, 'usync'), 'list')
	if (!list) throw answerUnreadable('it has no list of numbers')
	return new Map(getBinaryNodeChildren(list, 'user').flatMap(readUser))
}

const queryFor = (numbers: string[], sid: string): BinaryNode => ({
	tag: 'iq',
	attrs: { to: S_WHATSAPP_NET, type: 'get', xmlns: 'usync' },
	content: [
		{
			tag: 'usync',
			attrs: { context: 'interactive', mode: 'query', sid, last: 'true', index: '0' },
			content: [
				{ tag: 'query', attrs: {}, content: [{ tag: 'contact', attrs: {} }] },
				{ tag: 'list', attrs: {}, content: numbers.map(userFor) },
			],
		},
	],
})

const userFor = (number: string): BinaryNode => ({
	tag: 'user',
	attrs: {},
	content: [{ tag: 'contact', attrs: {}, content: `+${number}` }],
})

/** The answer names the number as it was asked for in `contact`, and as WhatsApp spells it in `jid`. */
function readUser(user: BinaryNode): [string, string | null][] {
	const contact = getBinaryNodeChild(user, 'contact')
	const { jid } = user.attrs
	const asked = String(contact?.content ?? jid?.split('@')[0] ?? '').replaceAll(/\D/g, '')
	if (contact?.attrs.type === 'out') return [[asked, null]]
	return contact?.attrs.type === 'in' && jid ? [[asked, jidNormalizedUser(jid)]] : []
}
