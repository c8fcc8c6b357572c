import { GatewayError } from '../../../errors.ts'
import { findNumbers, type FoundPerson } from '../../../session/ask/find-numbers.ts'
import { isNo } from '../../../session/ask/whatsapp-errors.ts'
import { isKnown } from '../../../session/known-people.ts'
import type { SessionDeps } from '../../../session/session-deps.ts'
import type { Session } from '../../../session/session.ts'
import { NotOnWhatsApp } from './not-on-whatsapp.ts'
import { readNumber } from './number.ts'

/** What became of a number: the id that WhatsApp has for it, and whether it is there, as far as WhatsApp says. */
export type Found = { given: string; jid: string; exists: boolean }

/**
 * The id of whom a request names, as WhatsApp has it: of the spellings of a phone number the one that exists.
 * @throws GatewayError invalid_recipient, NotOnWhatsApp, whatsapp_not_found for a group that the account is not in, and
 * session_not_open
 */
export async function recipientOf(session: Session, given: string): Promise<string> {
	const [jid] = await recipientsOf(session, [given])
	if (jid!.endsWith('@g.us')) await session.withSocket((deps) => checkGroup(jid!, deps))
	return jid!
}

/** The same of several people, in one query. */
export async function recipientsOf(session: Session, given: readonly string[]): Promise<string[]> {
	const found = await session.withSocket((deps) => findAll(deps, given))
	const nobody = found.find(({ exists }) => !exists)
	if (nobody) throw new NotOnWhatsApp(nobody.jid, nobody.given)
	return found.map(({ jid }) => jid)
}

/**
 * Finds out who is meant by each of these. Numbers that nobody has exchanged messages with are asked for in one query,
 * all spellings at once; where WhatsApp gives no answer, the likeliest spelling is taken.
 * @throws GatewayError invalid_recipient, governor_limited
 */
export async function findAll(deps: SessionDeps, given: readonly string[]): Promise<Found[]> {
	const all = given.map((number) => ({ number, meant: meaningOf(number) }))
	const unknown = all.flatMap(({ meant }) =>
		'phones' in meant && !meant.phones.some((phone) => isKnown(phone, deps)) ? meant.phones : [],
	)
	if (unknown.length) deps.takeChecks(unknown.length)
	const told = unknown.length
		? await findNumbers(deps.socket, unknown).catch(() => undefined)
		: undefined
	const found: Found[] = []
	for (const { number: given, meant } of all) {
		if ('jid' in meant) found.push({ given, jid: meant.jid, exists: true })
		else found.push({ given, ...(await existing(meant.phones, told, deps)) })
	}
	return found
}

function meaningOf(number: string) {
	const meant = readNumber(number)
	if (meant) return meant
	throw new GatewayError('invalid_recipient', 'Invalid format', { field: 'number' })
}

async function existing(
	phones: [string, ...string[]],
	told: Map<string, FoundPerson | null> | undefined,
	deps: SessionDeps,
): Promise<Omit<Found, 'given'>> {
	const known = phones.find((phone) => isKnown(phone, deps))
	if (known) return { jid: jidOf(known), exists: true }
	const person = phones.map((phone) => told?.get(phone)).find((one) => one)
	if (person) return { jid: await learnt(person, deps), exists: true }
	const isNobody = phones.every((phone) => told?.get(phone) === null)
	return { jid: jidOf(phones[0]), exists: !isNobody }
}

const jidOf = (phone: string) => `${phone}@s.whatsapp.net`

async function learnt({ jid, lid }: FoundPerson, { state }: SessionDeps): Promise<string> {
	if (lid) await state.auth.learn(lid, jid.split('@')[0]!)
	return jid
}

async function checkGroup(jid: string, { groups }: SessionDeps): Promise<void> {
	await groups.get(jid).catch((error: unknown) => {
		if (isNo(error)) throw new GatewayError('whatsapp_not_found', 'Group not found')
	})
}
