import type { Identity } from '../../events/identity.ts'
import type { GroupCache } from '../group-cache.ts'
import { identityOf, toJid } from '../identity.ts'
import { chatNotFound, isKnownChat } from './chats/find-chat.ts'
import { findLabel } from './labels/find-label.ts'
import { listLabels, type LabelSummary } from './labels/list.ts'
import {
	chatSummary,
	fittingChat,
	listChats,
	type ChatFilter,
	type ChatSummary,
} from './chats/summary.ts'
import { summariesOf, type CommunitySummary } from './communities/summary.ts'
import { membersIn, type GroupMember } from './groups/details.ts'
import { summaryOf, type GroupSummary } from './groups/summary.ts'
import type { SessionState } from '../state/index.ts'
import { matches } from './matches.ts'

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
		/** The communities that the account is in, by name. */
		async communities(search = ''): Promise<CommunitySummary[]> {
			const communities = (await found(search)).filter(({ isCommunity }) => isCommunity)
			return communities.length ? summariesOf(communities, await groups.all()) : []
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
		async chats(filter: ChatFilter = {}): Promise<ChatSummary[]> {
			const ready = await state()
			const subjects = await groupNames()
			return listChats(ready, { subjects, otherName }).filter(fittingChat(filter))
		},
		/** A chat by any of its names. @throws GatewayError chat_not_found */
		async chat(given: string): Promise<ChatSummary> {
			const ready = await state()
			const jid = toJid(given, 'jid')
			const subjects = await groupNames()
			const isKnown = isKnownChat(ready, identityOf(jid, otherName)) || subjects.has(jid)
			if (!isKnown) throw chatNotFound(given)
			return chatSummary(ready, jid, { subjects, otherName })
		},
		/** The chats with a label. @throws GatewayError label_not_found */
		async labelledChats(label: string): Promise<ChatSummary[]> {
			findLabel(await state(), label)
			return this.chats({ label })
		},
		/** The labels of a business account, by name. */
		labels: async (search = ''): Promise<LabelSummary[]> => listLabels(await state(), search),
	}
}
