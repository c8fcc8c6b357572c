import {
	getBinaryNodeChild,
	jidNormalizedUser,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys'
import { element } from './element.ts'
import { askUsync, userWithNumber } from './usync.ts'

/** Who has a number. */
export type FoundPerson = {
	/** By phone number; WhatsApp may spell it differently, as in Brazil. */
	jid: string
	lid: string | undefined
}

/**
 * Asks WhatsApp in one query which of these numbers it knows; many queries get an account restricted. Baileys' own
 * `onWhatsApp` does not tell "no" from left out.
 * @param numbers their digits
 * @returns by number, who has it, or null for "not on WhatsApp"; what WhatsApp leaves out is not there
 * @throws GatewayError as `askWhatsApp`
 */
export async function findNumbers(
	socket: WASocket,
	numbers: string[],
	limitMs?: number,
): Promise<Map<string, FoundPerson | null>> {
	const users = await askUsync(
		socket,
		{
			facts: [element('contact'), element('lid')],
			users: [...new Set(numbers)].map(userWithNumber),
			mode: 'query',
			context: 'interactive',
		},
		limitMs,
	)
	return new Map(users.flatMap(readUser))
}

/** The answer names the number as it was asked for in `contact`, and as WhatsApp spells it in `jid`. */
function readUser(user: BinaryNode): [string, FoundPerson | null][] {
	const contact = getBinaryNodeChild(user, 'contact')
	const { jid } = user.attrs
	const asked = String(contact?.content ?? jid?.split('@')[0] ?? '').replaceAll(/\D/g, '')
	if (contact?.attrs.type === 'out') return [[asked, null]]
	if (contact?.attrs.type !== 'in' || !jid) return []
	const lid = getBinaryNodeChild(user, 'lid')?.attrs.val
	return [[asked, { jid: jidNormalizedUser(jid), lid: lid && jidNormalizedUser(lid) }]]
}
