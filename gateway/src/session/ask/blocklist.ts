import { getBinaryNodeChild, getBinaryNodeChildren, type WASocket } from '@whiskeysockets/baileys'
import { askIq } from './iq.ts'
import { answerUnreadable } from './whatsapp-errors.ts'

const known = new WeakMap<WASocket, Promise<ReadonlySet<string>>>()

/**
 * The jids that the account has blocked, nearly all of them LIDs. WhatsApp is asked once per connection, and after changes.
 * @throws GatewayError those of `askWhatsApp`
 */
export function blocklistOf(socket: WASocket): Promise<ReadonlySet<string>> {
	const last = known.get(socket)
	if (last) return last
	const asked = ask(socket)
	known.set(socket, asked)
	asked.catch(() => known.delete(socket))
	return asked
}

/** Call it after a person was blocked or unblocked. */
export const forgetBlocklist = (socket: WASocket): void => void known.delete(socket)

async function ask(socket: WASocket): Promise<ReadonlySet<string>> {
	const answer = await askIq(socket, { type: 'get', xmlns: 'blocklist' })
	const list = getBinaryNodeChild(answer, 'list')
	// WhatsApp leaves the list out when nobody is blocked, and then says so with an empty result.
	if (!list && answer.attrs.type !== 'result') throw answerUnreadable('it has no list')
	const items = getBinaryNodeChildren(list, 'item')
	return new Set(items.flatMap(({ attrs }) => attrs.jid ?? []))
}
