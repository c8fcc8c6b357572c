import { isJidBroadcast } from '@whiskeysockets/baileys'
import type { Identity } from '../../events/identity.ts'
import type { GroupCache } from '../group-cache.ts'
import { identityOf } from '../identity.ts'
import { membersIn, type GroupMember } from './groups/details.ts'
import { summaryOf, type GroupSummary } from './groups/summary.ts'
import type { SessionState } from '../state/index.ts'
import { matches } from './matches.ts'

export type ChatSummary = Identity & { last_message_at: string | null }

type DirectoryOptions = {
	state(): Promise<SessionState>
	groups: Pick<GroupCache, 'all'>
	socket(): unknown
	socketOnceOpen(): Promise<unknown>
	me(): Identity | null
	otherName(user: string, kind: 'phone' | 'lid'): string | undefined
}

/** Whom a session can write to. */
export function createDirectory(options: DirectoryOptions) {
	const { state, groups, socket, socketOnceOpen, otherName, me } = options

	/** Not worth failing for: a chat without its name can still be written to. */
	async function groupNames(): Promise<Map<string, string>> {
		const known = socket() ? await groups.all().catch(() => []) : []
		return new Map(known.map(({ id, subject }) => [id, subject]))
	}

	async function found(search: string) {
		await socketOnceOpen()
		return (await groups.all())
			.filter(({ id, subject }) => matches(search, subject, id))
			.sort((a, b) => a.subject.localeCompare(b.subject))
	}

	return {
		/** The groups that the account is in, by name. */
		async groups(search = ''): Promise<GroupSummary[]> {
			return (await found(search)).map((group) => summaryOf(group, me()))
		},
		/** The same with their members. */
		async groupsAndMembers(
			search = '',
		): Promise<(GroupSummary & { participants: GroupMember[] })[]> {
			return (await found(search)).map((group) => ({
				...summaryOf(group, me()),
				participants: membersIn(group, otherName),
			}))
		},
		/** Those with whom messages were exchanged, newest first, and then everybody else who is known. */
		async chats(search = ''): Promise<ChatSummary[]> {
			const { messages, contacts } = await state()
			const subjects = await groupNames()
			const found = new Map<string, ChatSummary>()
			const active = [...messages.chats()].sort(([, a], [, b]) => b.localeCompare(a))
			const quiet = contacts.ids().map((id) => [id, null] as const)
			for (const [jid, at] of [...active, ...quiet]) {
				if (isJidBroadcast(jid)) continue
				const known = identityOf(jid, otherName, { name: subjects.get(jid) })
				const { saved_name, name, business_name } = contacts.namesOf(known)
				const called = known.name ?? saved_name ?? name ?? business_name ?? null
				if (!found.has(known.id))
					found.set(known.id, { ...known, name: called, last_message_at: at })
			}
			return [...found.values()].filter(({ id, phone, name }) => matches(search, id, phone, name))
		},
	}
}
