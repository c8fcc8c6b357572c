import type { ChatKind } from './bubble.ts'
import type { PhoneFacts } from './facts.ts'

export function kindOfChat(id: string): ChatKind {
	if (id.endsWith('@g.us')) return 'group'
	if (id.endsWith('@newsletter')) return 'channel'
	if (id === 'status@broadcast') return 'status'
	return id.endsWith('@broadcast') ? 'list' : 'person'
}

/** How many people get what is written in a chat; undefined where nobody can tell. */
export function recipientsOf(facts: Pick<PhoneFacts, 'group'>, chat: string): number | undefined {
	const kind = kindOfChat(chat)
	if (kind === 'person') return 1
	const group = facts.group(chat)
	return group ? Object.keys(group.members).length - 1 : undefined
}
