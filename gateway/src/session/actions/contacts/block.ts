import { isPnUser } from '@whiskeysockets/baileys'
import { GatewayError } from '../../../errors.ts'
import type { Identity } from '../../../events/identity.ts'
import { askWhatsApp } from '../../ask/ask-whatsapp.ts'
import { blocklistOf, forgetBlocklist } from '../../ask/blocklist.ts'
import { identityOf, isSame, jidsOf, toPersonJid } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { withLid } from './with-lid.ts'
import { withNumber } from './with-number.ts'

/**
 * Blocks a person, or unblocks them. WhatsApp blocks by the LID and the number together.
 * @throws GatewayError invalid_recipient, recipient_not_on_whatsapp, contact_number_unknown, and those of `askWhatsApp`
 */
export async function setBlocked(
	deps: SessionDeps,
	person: string,
	blocked: boolean,
): Promise<void> {
	const { socket, tell } = deps
	const contact = await knownByBoth(deps, toPersonJid(person, 'jid'), blocked)
	const self = deps.me()
	if (blocked && self && isSame(contact, self)) throw isOwn()
	const before = isIn(await blocklistOf(socket), contact)
	await askWhatsApp(() => socket.updateBlockStatus(contact.lid!, blocked ? 'block' : 'unblock'))
	forgetBlocklist(socket)
	if (before !== blocked) await tell({ type: 'contact.blocked', data: { contact, blocked } })
}

/** Whom the account has blocked. @throws GatewayError those of `askWhatsApp` */
export async function blockedPeople({ socket, otherName }: SessionDeps): Promise<Identity[]> {
	return [...(await blocklistOf(socket))].map((jid) => identityOf(jid, otherName))
}

/** Whether a person is blocked. @throws GatewayError invalid_recipient, and those of `askWhatsApp` */
export async function isBlocked({ socket, otherName }: SessionDeps, person: string) {
	const contact = identityOf(toPersonJid(person, 'jid'), otherName)
	return { contact, blocked: isIn(await blocklistOf(socket), contact) }
}

function isOwn() {
	return new GatewayError('invalid_request', 'An account cannot block itself.', { field: 'jid' })
}

const isIn = (blocked: ReadonlySet<string>, contact: Identity) =>
	jidsOf(contact).some((jid) => blocked.has(jid))

async function knownByBoth(deps: SessionDeps, jid: string, blocks: boolean) {
	const known = identityOf(jid, deps.otherName)
	if (isPnUser(jid)) return withLid(deps, known)
	return blocks ? withNumber(deps, known, 'blocks') : known
}
