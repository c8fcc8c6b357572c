import { getBinaryNodeChild, type BinaryNode } from '@whiskeysockets/baileys'
import type { EventEffect } from '../../effect.ts'
import type { ChannelRole } from '../../../events/fields/channel.ts'
import { readMuted, readRole, readChannelState, type RawChannel } from '../../channel-fields.ts'
import { defineNotification, identityIn, type NotificationDeps } from './define.ts'

/** One change in a notification of WhatsApp's GraphQL; older ones have `jid`, `settings` and `mute`. */
type Notice = RawChannel & {
	jid?: string
	settings?: { name?: Text; description?: Text } | null
	mute?: string | null
	setting?: { type?: string; value?: string } | null
	user?: Person | null
	actor?: Person | null
}
type Text = string | { text?: string } | null
type Person = string | { id?: string; pn?: string | null }
type Updated = Omit<Extract<EventEffect['event'], { type: 'channel.updated' }>['data'], 'chat'>

/**
 * What WhatsApp tells of channels in GraphQL: other devices of the account have followed, left or muted one, or somebody has
 * changed one. Baileys reads few of them. Read as WhatsApp Web does.
 */
export const channelNotices = defineNotification('CB:notification,type:mex', (stanza, deps) => {
	const { operation, notices } = readNotices(stanza)
	return notices.flatMap((notice): EventEffect[] => {
		const chat = identityIn(notice.id ?? notice.jid, deps)
		if (!chat) return []
		const role = newRoles[operation]
		if (role) return adminChanged(notice, role, deps)
		const changed = readers[operation]?.(notice) ?? {}
		const said = Object.fromEntries(
			Object.entries(changed).filter(([, value]) => value !== undefined && value !== null),
		)
		if (!Object.keys(said).length) return []
		return [{ event: { type: 'channel.updated', data: { chat, ...said } } }]
	})
})

type Changed = { [Name in keyof Updated]: Updated[Name] | null | undefined }

const readers: Record<string, (notice: Notice) => Changed> = {
	NotificationNewsletterJoin: ({ viewer_metadata: viewer, thread_metadata: thread }) => ({
		name: thread?.name?.text,
		role: readRole(viewer?.role) ?? 'subscriber',
	}),
	NotificationNewsletterLeave: () => ({ role: 'guest' }),
	NotificationNewsletterMuteChange: ({ mute }) => ({ muted: readMuted(mute) }),
	NotificationNewsletterUserSettingChange: ({ setting }) => ({
		// Of admins: whether reactions and new followers make a sound.
		muted: setting?.type === 'MUTE_FOLLOWER_ACTIVITY' ? null : readMuted(setting?.value),
	}),
	NotificationNewsletterStateChange: ({ state }) => ({ state: readChannelState(state?.type) }),
	NotificationNewsletterUpdate: ({ settings, thread_metadata: thread }) => {
		const { picture } = thread ?? {}
		return {
			name: textOf(settings?.name) ?? thread?.name?.text,
			description: textOf(settings?.description) ?? thread?.description?.text,
			picture: picture && (picture.direct_path || picture.url ? 'changed' : 'removed'),
		}
	},
}

const newRoles: Record<string, ChannelRole> = {
	NotificationNewsletterAdminPromote: 'admin',
	NotificationNewsletterAdminDemote: 'subscriber',
	NotificationNewsletterOwnerUpdate: 'owner',
}

function adminChanged(notice: Notice, role: ChannelRole, deps: NotificationDeps): EventEffect[] {
	const chat = identityIn(notice.id ?? notice.jid, deps)
	const contact = personIn(notice.user, deps)
	if (!chat || !contact) return []
	const data = { chat, contact, role, by: personIn(notice.actor, deps) }
	return [{ event: { type: 'channel.admins', data } }]
}

function personIn(person: Person | null | undefined, deps: NotificationDeps) {
	if (typeof person === 'string') return identityIn(person, deps)
	return identityIn(person?.id ?? person?.pn, deps, person?.id ? person.pn : undefined)
}

const textOf = (text: Text | undefined) => (typeof text === 'string' ? text : text?.text)

function readNotices(stanza: BinaryNode): { operation: string; notices: Notice[] } {
	const update = getBinaryNodeChild(stanza, 'update') ?? getBinaryNodeChild(stanza, 'mex')
	const { content } = update ?? {}
	if (!content || Array.isArray(content)) return { operation: '', notices: [] }
	const told = parsed(Buffer.from(content).toString())
	const notices = Array.isArray(told.updates) ? told.updates : Object.values(told.data ?? {})
	return {
		operation: String(told.operation ?? update?.attrs.op_name ?? ''),
		notices: notices.map((notice) => Object(notice) as Notice),
	}
}

type Told = { operation?: unknown; updates?: unknown; data?: object | null }

/** What is no JSON tells nothing. */
function parsed(text: string): Told {
	try {
		return Object(JSON.parse(text)) as Told
	} catch {
		return {}
	}
}
