import { getBinaryNodeChild, jidNormalizedUser, type WASocket } from '@whiskeysockets/baileys'
import { element } from './element.ts'
import { askUsync } from './usync.ts'

/**
 * What WhatsApp says of a username: whose it is, that it is nobody's, that its owner wants a key of four digits first, or
 * the code with which it does not say.
 */
export type FoundUsername =
	{ lid: string } | { why: 'unknown' } | { why: 'key_wanted' } | { why: 'refused'; code: string }

/**
 * Asks WhatsApp whose username this is, as its own web client does.
 * @param username without @
 * @throws GatewayError as `askWhatsApp`
 */
export async function findUsername(
	socket: WASocket,
	username: string,
	key: string | undefined,
): Promise<FoundUsername> {
	const asked = element('contact', { username, ...(key && { pin: key }) })
	const users = await askUsync(socket, {
		facts: [element('contact', { addressing_mode: 'lid' })],
		users: [element('user', {}, [asked])],
		mode: 'query',
		context: 'interactive',
	})
	const [user] = users
	const contact = getBinaryNodeChild(user, 'contact')
	const error = getBinaryNodeChild(contact, 'error')
	if (error) return { why: 'refused', code: error.attrs.code ?? '' }
	if (users.length !== 1 || contact?.attrs.type !== 'in') return { why: 'unknown' }
	const jid = user!.attrs.jid
	return jid ? { lid: jidNormalizedUser(jid) } : { why: 'key_wanted' }
}
