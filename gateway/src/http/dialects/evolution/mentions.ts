import type { Session } from '../../../session/session.ts'
import { refused } from './errors.ts'
import { numericTexts, type CommonFields } from './fields.ts'
import { readNumber, type Meant } from './number.ts'

/** Whom a message mentions, and the text with the numbers that WhatsApp has for them. */
export type Mentioning = {
	mentions?: string[]
	mention_all?: boolean
	named(text: string): string
}

type Member = { id: string; phoneNumber?: string | undefined; lid?: string | undefined }

/** Somebody who is mentioned: the id, and the names by which a text may have them. */
type Mentioned = { jid: string; users: string[] }

/** Reads the mentions of a message. They are for groups: elsewhere there is nobody to mention. */
export async function mentioningOf(
	session: Session,
	to: string,
	{ mentioned = [], mentionsEveryOne, everyOne }: Partial<CommonFields>,
): Promise<Mentioning> {
	const isForAll = mentionsEveryOne ?? everyOne ?? false
	if (!to.endsWith('@g.us')) return { named: (text) => text }
	const people = [...new Set(mentioned)].map(meantBy)
	const members = people.length ? await membersOf(session, to) : []
	const found = people.map((meant) => foundAmong(members, meant))
	return {
		...(found.length && { mentions: found.map(({ jid }) => jid) }),
		...(isForAll && { mention_all: true }),
		named: (text) => found.reduce((changed, one) => renamed(changed, one), text),
	}
}

function meantBy(given: string): Meant {
	const meant = readNumber(given)
	if (meant && !('jid' in meant && !meant.jid.endsWith('@lid'))) return meant
	throw refused(numericTexts)
}

const membersOf = (session: Session, group: string): Promise<Member[]> =>
	session.withSocket(async ({ groups }) => (await groups.get(group)).participants)

/** As the group has the person: of the spellings of a number the one that a member has. */
function foundAmong(members: readonly Member[], meant: Meant): Mentioned {
	const jids = 'jid' in meant ? [meant.jid] : meant.phones.map((phone) => `${phone}@s.whatsapp.net`)
	const member = members.find((each) => namesOf(each).some((name) => jids.includes(name)))
	const names = [...jids, ...(member ? namesOf(member) : [])]
	return { jid: member?.id ?? jids[0]!, users: names.map(userOf) }
}

const namesOf = ({ id, phoneNumber, lid }: Member): string[] =>
	[id, phoneNumber, lid].filter((name) => name !== undefined)

const userOf = (jid: string): string => jid.split('@')[0]!

function renamed(text: string, { jid, users }: Mentioned): string {
	const names = new RegExp(`@\\+?(${users.join('|')})(?!\\d)`, 'g')
	return text.replaceAll(names, `@${userOf(jid)}`)
}
