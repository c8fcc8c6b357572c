import {
	getAllBinaryNodeChildren,
	getBinaryNodeChildren,
	type BinaryNode,
} from '@whiskeysockets/baileys'
import type { Effect } from '../../effect.ts'
import { defineNotification, identityIn } from './define.ts'

/** Changes of groups that Baileys ignores; read as whatsmeow and whatsapp-rust do. */
export const groupStanzas = defineNotification('CB:notification,type:w:gp2', (stanza, deps) => {
	const { from, participant, participant_pn, participant_lid } = stanza.attrs
	const chat = identityIn(from, deps)
	if (!chat) return []
	const by = identityIn(participant, deps, participant_pn ?? participant_lid)
	return getAllBinaryNodeChildren(stanza).flatMap((change): Effect[] => {
		const setting = settings[change.tag]?.(change)
		if (setting) return [{ event: { type: 'group.updated', data: { chat, by, ...setting } } }]
		const groups = linkedIn(change)
		if (!groups.length) return []
		const action = change.tag === 'link' ? 'linked' : 'unlinked'
		return [{ event: { type: 'community.groups', data: { chat, by, action, groups } } }]
	})
})

const settings: Record<string, (change: BinaryNode) => Record<string, boolean>> = {
	member_link_mode: ({ content }) => ({
		everyone_shares_link: content?.toString() === 'all_member_link',
	}),
	frequently_forwarded_ok: () => ({ frequently_forwarded: true }),
	no_frequently_forwarded: () => ({ frequently_forwarded: false }),
	allow_admin_reports: () => ({ admin_reports: true }),
	not_allow_admin_reports: () => ({ admin_reports: false }),
	group_history: () => ({ group_history: true }),
	no_group_history: () => ({ group_history: false }),
}

/** A group is told of its community as well: there `link_type` is `parent_group`. */
function linkedIn(change: BinaryNode) {
	const type = change.attrs.link_type ?? change.attrs.unlink_type
	if (!['link', 'unlink'].includes(change.tag) || type !== 'sub_group') return []
	return getBinaryNodeChildren(change, 'group').flatMap(({ attrs: { jid, subject } }) =>
		jid ? [{ jid, name: subject ?? null }] : [],
	)
}
