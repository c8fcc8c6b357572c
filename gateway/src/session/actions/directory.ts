import { isJidBroadcast, type WASocket } from '@whiskeysockets/baileys'
import type { Identity } from '../../events/identity.ts'
import { withPlainDigits } from '../../lib/phone-number.ts'
import { askWhatsApp } from '../ask/ask-whatsapp.ts'
import { identityOf } from '../identity.ts'
import type { SessionState } from '../state/index.ts'

export type GroupSummary = { jid: string; name: string; participant_count: number }
export type ChatSummary = Identity & { last_message_at: string | null }

type DirectoryOptions = {
	state(): Promise<SessionState>
	socket(): WASocket | undefined
	socketOnceOpen(): Promise<WASocket>
	otherName(user: string, kind: 'phone' | 'lid'): string | undefined
}

/** WhatsApp does not like to be asked for all groups at every letter of a search. */
const GROUPS_KEEP_MS = 15_000

/** Whom a session can write to. */
export function createDirectory({ state, socket, socketOnceOpen, otherName }: DirectoryOptions) {
	let asked: { groups: Promise<GroupSummary[]>; until: number } | undefined

	function allGroups(open: WASocket): Promise<GroupSummary[]> {
		if (asked && asked.until > Date.now()) return asked.groups
		const groups = fetchGroups(open)
		asked = { groups, until: Date.now() + GROUPS_KEEP_MS }
		groups.catch(() => (asked = undefined))
		return groups
	}

	/** Not worth failing for: a chat without its name can still be written to. */
	async function groupNames(): Promise<Map<string, string>> {
		const open = socket()
		const groups = open ? await allGroups(open).catch(() => []) : []
		return new Map(groups.map(({ jid, name }) => [jid, name]))
	}

	return {
		/** The groups that the account is in, by name. */
		async groups(search = ''): Promise<GroupSummary[]> {
			const groups = await allGroups(await socketOnceOpen())
			return groups
				.filter(({ jid, name }) => matches(search, name, jid))
				.sort((a, b) => a.name.localeCompare(b.name))
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

async function fetchGroups(socket: WASocket): Promise<GroupSummary[]> {
	const groups = await askWhatsApp(() => socket.groupFetchAllParticipating())
	return Object.values(groups).map(({ id, subject, size, participants }) => ({
		jid: id,
		name: subject,
		participant_count: size ?? participants.length,
	}))
}

/** Whether one of these has it in it; a number may be written as people write it. */
function matches(search: string, ...texts: (string | null)[]): boolean {
	const wanted = search.trim().toLowerCase()
	const digits = /\p{L}/u.test(wanted) ? '' : withPlainDigits(wanted).replaceAll(/\D/g, '')
	return texts.some((text) => {
		const known = text?.toLowerCase() ?? ''
		return known.includes(wanted) || (digits !== '' && known.includes(digits))
	})
}
