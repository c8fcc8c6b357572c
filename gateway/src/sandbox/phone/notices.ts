import { childOf, childrenOf, type BinaryNode } from '../wire/node.ts'
import type { ChatNotice } from './state.ts'

/** Who is asked to join or asks for it is news for admins, and no line of the chat. */
const UNTOLD = new Set(['invite', 'created_membership_requests', 'revoked_membership_requests'])

/** What a notification tells the members of a group. @returns undefined for any other one */
export function noticeIn({ attrs, content }: BinaryNode): Omit<ChatNotice, 'seq'> | undefined {
	const { id = '', from = '', type, t, participant, author } = attrs
	if (!from.endsWith('@g.us')) return undefined
	const told = { id, chat: from, at: Number(t), ...by(participant ?? author) }
	if (type === 'picture') return { ...told, change: 'picture' }
	const [change] = Array.isArray(content) ? content : []
	if (type !== 'w:gp2' || !change || UNTOLD.has(change.tag)) return undefined
	const people = childrenOf(change, 'participant').flatMap((each) => each.attrs.jid ?? [])
	const subject = change.attrs.subject ?? childOf(change, 'group')?.attrs.subject
	return {
		...told,
		change: change.tag,
		...(people.length && { people }),
		...(subject && { text: subject }),
		...(change.attrs.expiration && { seconds: Number(change.attrs.expiration) }),
	}
}

const by = (person: string | undefined) => (person ? { by: person } : {})
