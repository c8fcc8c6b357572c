import { getBinaryNodeChild, getBinaryNodeChildren, type WASocket } from '@whiskeysockets/baileys'
import { SECOND_MS } from '../../lib/units.ts'
import { element } from './element.ts'
import { askIq } from './iq.ts'
import { answerUnreadable } from './whatsapp-errors.ts'

/** The media hosts that WhatsApp's server names, and the authorization to upload there. */
export type MediaConn = { hosts: string[]; auth: string; until: number }

const known = new WeakMap<WASocket, Promise<MediaConn>>()

/**
 * Asks where media are, or takes the last answer as long as that is good. Baileys' own `refreshMediaConn` would keep a
 * failure until the connection ends.
 * @param fresh true if the last answer did not help
 * @throws GatewayError those of `askWhatsApp`
 */
export async function mediaConnOf(socket: WASocket, fresh = false): Promise<MediaConn> {
	const last = fresh ? undefined : await known.get(socket)
	if (last && last.until > Date.now()) return last
	const asked = ask(socket)
	known.set(socket, asked)
	asked.catch(() => known.delete(socket))
	return asked
}

async function ask(socket: WASocket): Promise<MediaConn> {
	const content = [element('media_conn')]
	const answer = await askIq(socket, { type: 'set', xmlns: 'w:m', content })
	const node = getBinaryNodeChild(answer, 'media_conn')
	const hosts = getBinaryNodeChildren(node, 'host').flatMap(({ attrs }) => attrs.hostname ?? [])
	const { auth, ttl } = node?.attrs ?? {}
	if (!auth || hosts.length === 0) throw answerUnreadable('it names no media host')
	return { hosts, auth, until: Date.now() + (Number(ttl) || 0) * SECOND_MS }
}
