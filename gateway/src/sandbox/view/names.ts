import { pnOf } from '../server/jids.ts'
import type { Named } from './bubble.ts'
import type { PhoneFacts } from './facts.ts'

type Facts = Pick<PhoneFacts, 'accountOf' | 'group' | 'channel'>

/** One jid for a chat or a person, however it was called on the wire. */
export function oneJid({ accountOf }: Pick<Facts, 'accountOf'>, jid: string): string {
	const account = accountOf(jid)
	return account ? pnOf(account) : jid.replace(/:\d+@/, '@')
}

/** A person, a group or a channel with its name. */
export function named(facts: Facts, jid: string): Named {
	const id = oneJid(facts, jid)
	const name =
		facts.accountOf(id)?.name ?? facts.group(id)?.subject ?? facts.channel(id)?.name ?? placeOf(id)
	return { id, name }
}

function placeOf(id: string): string {
	if (id === 'status@broadcast') return 'Statuses'
	if (id.endsWith('@broadcast')) return 'Broadcast list'
	const [user = ''] = id.split('@')
	return id.endsWith('@s.whatsapp.net') ? `+${user}` : user
}
