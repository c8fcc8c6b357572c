import { isLidUser, isPnUser, jidDecode } from '@whiskeysockets/baileys'
import { GatewayError } from '../errors.ts'
import type { Identity } from '../events/identity.ts'
import { readPhoneNumber, withPlainDigits } from '../lib/phone-number.ts'

/** The servers in jids of people. A business whose devices Meta hosts is the same person as without them. */
const personServers = new Map([
	['s.whatsapp.net', 's.whatsapp.net'],
	['c.us', 's.whatsapp.net'],
	['hosted', 's.whatsapp.net'],
	['lid', 'lid'],
	['hosted.lid', 'lid'],
])

/**
 * The jid of a recipient, given as a phone number in any usual spelling, as an id with `@s.whatsapp.net`, `@c.us`,
 * `@lid`, `@g.us` or `@newsletter`, or as `status@broadcast`. A group's id needs no ending.
 * @throws GatewayError invalid_recipient, naming the field
 */
export function toJid(recipient: string, field = 'to'): string {
	const text = withPlainDigits(recipient)
	const at = text.lastIndexOf('@')
	const read =
		at < 0
			? (readBareGroup(text) ?? readPhone(text))
			: readId(text.slice(0, at), text.slice(at + 1), text)
	if ('why' in read) throw invalid(text, read.why, field, idForms)
	return read.jid
}

/** As `toJid`, of a person alone. @throws GatewayError invalid_recipient, naming the field */
export function toPersonJid(person: string, field: string): string {
	const jid = toJid(person, field)
	if (isPnUser(jid) || isLidUser(jid)) return jid
	throw new GatewayError('invalid_recipient', `\`${field}\` must be a person.`, { field })
}

/**
 * The digits of a phone number, country code first.
 * @throws GatewayError invalid_recipient, naming the field
 */
export function toPhone(number: string, field: string): string {
	const read = readPhoneNumber(number)
	if ('why' in read) throw invalid(withPlainDigits(number), read.why, field)
	return read.digits
}

/**
 * How events name a person or chat.
 * @param known finds the LID of a phone number, or the phone number of a LID
 * @param alt the same person's other jid, if WhatsApp gave it
 */
export function identityOf(
	jid: string,
	known: (user: string, kind: 'phone' | 'lid') => string | undefined,
	{ alt, name }: { alt?: string | null | undefined; name?: string | null | undefined } = {},
): Identity {
	const plain = withoutDevice(jid)
	const user = userOf(plain) ?? ''
	if (!isPnUser(plain) && !isLidUser(plain))
		return { id: plain, phone: null, lid: null, name: name ?? null }
	const other = otherUser(alt, plain) ?? known(user, isPnUser(plain) ? 'phone' : 'lid') ?? null
	const [phone, lid] = isPnUser(plain) ? [user, other] : [other, user]
	return { id: personId(phone, lid), phone, lid: lid && `${lid}@lid`, name: name || null }
}

/** The jid of the person, group or list behind a jid of any form: with a device, of an old or a hosted server. */
export function withoutDevice(jid: string): string {
	const { user, server = '' } = jidDecode(jid) ?? {}
	const person = personServers.get(server)
	return user && person ? `${user}@${person}` : jid
}

/** The jids of a person or chat. WhatsApp uses either of a person's, and not always the same one. */
export function jidsOf({ id, phone, lid }: Identity): string[] {
	const jids = [phone && `${phone}@s.whatsapp.net`, lid].filter((jid) => jid !== null)
	return jids.length ? jids : [id]
}

/** Whether a chat is one with a person. */
export const isSinglePerson = ({ phone, lid }: Identity): boolean => phone !== null || lid !== null

/** Whether two identities are one person or chat, although perhaps each knows one of its jids only. */
export function isSame(one: Identity, other: Identity): boolean {
	const jids = jidsOf(other)
	return jidsOf(one).some((jid) => jids.includes(jid))
}

/**
 * Whether two identities are certainly two chats: a phone number and a LID that are not known to be one person's may
 * be the same one.
 */
export function isOther(one: Identity, other: Identity): boolean {
	if (isSame(one, other)) return false
	const haveLid = one.lid !== null && other.lid !== null
	const havePhone = one.phone !== null && other.phone !== null
	const arePeople = isSinglePerson(one) && isSinglePerson(other)
	return !arePeople || haveLid || havePhone
}

// People can read and type a phone number, so it identifies a person whenever it is known.
function personId(phone: string | null, lid: string | null) {
	return phone ? `${phone}@s.whatsapp.net` : `${lid}@lid`
}

function userOf(jid: string | null | undefined) {
	return jid ? jidDecode(jid)?.user : undefined
}

/** The user of the other jid; undefined if it is of the same kind as the first one. */
function otherUser(alt: string | null | undefined, jid: string) {
	const other = alt && withoutDevice(alt)
	return other && isLidUser(other) !== isLidUser(jid) ? userOf(other) : undefined
}

// Longer than any phone number, so that no spelling of one is taken for it.
function readBareGroup(text: string): Read | undefined {
	const isGroup = /^120363\d{11,18}$/.test(text) || /^\d{6,15}-\d{10}$/.test(text)
	return isGroup && text.length > 16 ? { jid: `${text}@g.us` } : undefined
}

type Read = { jid: string } | { why: string }

function readPhone(text: string): Read {
	const read = readPhoneNumber(text)
	return 'why' in read ? read : { jid: `${read.digits}@s.whatsapp.net` }
}

function readId(user: string, server: string, text: string): Read {
	const person = personServers.get(server)
	if (person && /^\d{5,20}(:\d+)?$/.test(user)) return { jid: `${user.split(':')[0]}@${person}` }
	// As expressions make it: `{{ number }}@c.us`.
	if (person === 's.whatsapp.net' && /\d/.test(user)) return readPhone(user)
	if (server === 'g.us' && /^\d+(-\d+)?$/.test(user)) return { jid: text }
	if (text === 'status@broadcast') return { jid: text }
	if (server === 'newsletter' && /^\d+$/.test(user)) return { jid: text }
	return { why: 'is not an id that WhatsApp knows' }
}

const idForms = ', or as an id (`…@s.whatsapp.net`, `…@c.us`, `…@lid`, `…@g.us`, `…@newsletter`)'

function invalid(recipient: string, why: string, field: string, otherForms = '') {
	const shown = recipient ? `\`${recipient.slice(0, 60)}\`` : 'An empty text'
	const form = 'a phone number with country code (`4915112345678`, `+49 151 12345678`)'
	const advice = `${shown} ${why}. Give \`${field}\` as ${form}${otherForms}.`
	return new GatewayError('invalid_recipient', advice, { field })
}
