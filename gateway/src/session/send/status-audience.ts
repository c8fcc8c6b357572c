import { jidNormalizedUser } from '@whiskeysockets/baileys'
import { GatewayError } from '../../errors.ts'
import { toPersonJid } from '../identity.ts'

const STATUS = 'status@broadcast'

/**
 * The jids of those who see a status: whom its author lists, and the author's own phone. Undefined in any
 * other chat.
 * @throws GatewayError invalid_request if nobody is listed, invalid_recipient
 */
export function statusAudience(
	chat: string,
	audience: string[] | undefined,
	me: string,
): string[] | undefined {
	if (chat !== STATUS) return undefined
	if (!audience) {
		const advice = 'Give `audience`: the phone numbers or ids of the people who see the status.'
		throw new GatewayError('invalid_request', advice, { field: 'audience' })
	}
	const people = audience.map((person, index) => toPersonJid(person, `audience.${index}`))
	return [...new Set([...people, jidNormalizedUser(me)])]
}
