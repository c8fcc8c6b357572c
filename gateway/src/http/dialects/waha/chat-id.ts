import type { Identity } from '../../../events/identity.ts'

/** The id of a person or chat as WAHA gives it out: by phone number where that is known. */
export function chatIdOf({ id, phone, lid }: Identity): string {
	if (phone) return `${phone}@c.us`
	return lid ?? id
}

/**
 * The same of a jid of which nothing else is known.
 * @example
 * chatIdOfJid('4915112345678:3@s.whatsapp.net') // '4915112345678@c.us'
 */
export function chatIdOfJid(jid: string): string {
	const [user = '', server = ''] = jid.split('@')
	const name = user.split(':')[0]!
	if (server === 's.whatsapp.net' || server === 'hosted') return `${name}@c.us`
	if (server === 'hosted.lid') return `${name}@lid`
	return server ? `${name}@${server}` : jid
}
