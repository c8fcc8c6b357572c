import { isLidUser, isPnUser, jidDecode } from '@whiskeysockets/baileys'
import { GatewayError } from '../errors.ts'
import type { Identity } from '../events/identity.ts'
import { readPhoneNumber, withPlainDigits } from '../lib/phone-number.ts'

const personServers = new Map([
	['s.whatsapp.net', 's.whatsapp.net'],
	['c.us', 's.whatsapp.net'],
	['lid', 'lid'],
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
	const user = jidDecode(jid)?.user ?? ''
	if (!isPnUser(jid) && !isLidUser(jid))
		return { id: jid, phone: null, lid: null, name: name ?? null }
	const other = userOf(alt) ?? known(user, isPnUser(jid) ? 'phone' : 'lid') ?? null
	const [phone, lid] = isPnUser(jid) ? [user, other] : [other, user]
	return { id: personId(phone, lid), phone, lid: lid && `${lid}@lid`, name: name || null }
}

// People can read and type a phone number, so it identifies a person whenever it is known.
function personId(phone: string | null, lid: string | null) {
	return phone ? `${phone}@s.whatsapp.net` : `${lid}@lid`
}

function userOf(jid: string | null | undefined) {
	return jid ? jidDecode(jid)?.user : undefined
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
