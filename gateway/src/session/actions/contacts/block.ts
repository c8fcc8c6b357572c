import { isLidUser, isPnUser, type WASocket } from '@whiskeysockets/baileys'
import { GatewayError } from '../../../errors.ts'
import type { Identity } from '../../../events/identity.ts'
import { askWhatsApp } from '../../ask/ask-whatsapp.ts'
import { blocklistOf, forgetBlocklist } from '../../ask/blocklist.ts'
import { identityOf, jidsOf, toPersonJid } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'

/**
 * Blocks a person, or unblocks them. WhatsApp blocks by the LID and the number together.
 * @throws GatewayError invalid_recipient, recipient_not_on_whatsapp, and those of `askWhatsApp`
 */
export async function setBlocked(
	deps: SessionDeps,
	person: string,
	blocked: boolean,
): Promise<void> {
	const { socket, tell } = deps
	const contact = await knownByBoth(deps, toPersonJid(person, 'jid'), blocked)
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

const isIn = (blocked: ReadonlySet<string>, contact: Identity) =>
	jidsOf(contact).some((jid) => blocked.has(jid))

async function knownByBoth({ socket, otherName }: SessionDeps, jid: string, blocks: boolean) {
	const known = identityOf(jid, otherName)
	if (isPnUser(jid) && !known.lid) {
		const lid = await askForLid(socket, jid)
		if (!lid) throw notOnWhatsApp(jid)
		return { ...known, lid }
	}
	if (isLidUser(jid) && !known.phone && blocks) throw numberUnknown(jid)
	return known
}

async function askForLid({ signalRepository: { lidMapping } }: WASocket, jid: string) {
	return askWhatsApp(() => lidMapping.getLIDForPN(jid))
}

function notOnWhatsApp(jid: string) {
	const advice = `${jid} is not on WhatsApp, so it cannot be blocked.`
	return new GatewayError('recipient_not_on_whatsapp', advice, { field: 'jid' })
}

function numberUnknown(jid: string) {
	const advice = `WhatsApp blocks by phone number, and that of ${jid} is not known. Give the number.`
	return new GatewayError('invalid_recipient', advice, { field: 'jid' })
}
