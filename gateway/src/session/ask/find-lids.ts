import { getBinaryNodeChild, jidNormalizedUser, type WASocket } from '@whiskeysockets/baileys'
import { element } from './element.ts'
import { askUsync } from './usync.ts'

/**
 * Asks WhatsApp in one query for the LIDs of people.
 * @param jids by phone number
 * @returns by jid; who has none, or is left out of the answer, is not there
 * @throws GatewayError as `askWhatsApp`
 */
export async function findLids(
	socket: WASocket,
	jids: readonly string[],
	limitMs?: number,
): Promise<Map<string, string>> {
	const users = await askUsync(
		socket,
		{
			facts: [element('lid')],
			users: jids.map((jid) => element('user', { jid })),
			mode: 'query',
			context: 'background',
		},
		limitMs,
	)
	return new Map(
		users.flatMap((user): [string, string][] => {
			const lid = getBinaryNodeChild(user, 'lid')?.attrs.val
			return user.attrs.jid && lid ? [[user.attrs.jid, jidNormalizedUser(lid)]] : []
		}),
	)
}
