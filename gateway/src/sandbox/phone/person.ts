import { pnOf } from '../server/jids.ts'
import { type Account } from '../server/model.ts'

/** A person: a jid, a phone number, or a phone. */
export type Person = string | { account: Account }

export const jidOf = (person: Person) => {
	if (typeof person !== 'string') return pnOf(person.account)
	return person.includes('@') ? person : `${person.replace(/\D/g, '')}@s.whatsapp.net`
}

/** The jid of the person whose device this is. */
export const personOf = (jid: string) => jid.replace(/:\d+@/, '@')
