import { GatewayError } from '../../../errors.ts'
import { findNumbers, type FoundPerson } from '../../../session/ask/find-numbers.ts'
import { isNo } from '../../../session/ask/whatsapp-errors.ts'
import { isKnown } from '../../../session/known-people.ts'
import type { SessionDeps } from '../../../session/session-deps.ts'
import type { Session } from '../../../session/session.ts'
import { NotOnWhatsApp } from './not-on-whatsapp.ts'
import { readNumber } from './number.ts'

/**
 * The id of whom a request names, as WhatsApp has it: of the spellings of a phone number the one that exists. Numbers
 * that nobody has exchanged messages with are asked for, all spellings in one query; where WhatsApp gives no answer, the
 * likeliest spelling is taken.
 * @throws GatewayError invalid_recipient, NotOnWhatsApp, not_found for a group that the account is not in, session_not_open
 */
export function recipientOf(session: Session, given: string): Promise<string> {
	const meant = readNumber(given)
	if (!meant) throw new GatewayError('invalid_recipient', 'Invalid format', { field: 'number' })
	return session.withSocket((deps) =>
		'jid' in meant ? reachable(meant.jid, deps) : existing(meant.phones, given, deps),
	)
}

async function existing(
	phones: [string, ...string[]],
	given: string,
	deps: SessionDeps,
): Promise<string> {
	const jidOf = (phone: string) => `${phone}@s.whatsapp.net`
	const known = phones.find((phone) => isKnown(phone, deps))
	if (known) return jidOf(known)
	deps.takeChecks(phones.length)
	const found = await findNumbers(deps.socket, phones).catch(() => undefined)
	const person = phones.map((phone) => found?.get(phone)).find((one) => one)
	if (person) return learnt(person, deps)
	if (found && phones.every((phone) => found.get(phone) === null))
		throw new NotOnWhatsApp(jidOf(phones[0]), given)
	return jidOf(phones[0])
}

async function learnt({ jid, lid }: FoundPerson, { state }: SessionDeps): Promise<string> {
	if (lid) await state.auth.learn(lid, jid.split('@')[0]!)
	return jid
}

async function reachable(jid: string, { groups }: SessionDeps): Promise<string> {
	if (!jid.endsWith('@g.us')) return jid
	await groups.get(jid).catch((error: unknown) => {
		if (isNo(error)) throw new GatewayError('whatsapp_not_found', 'Group not found')
	})
	return jid
}
