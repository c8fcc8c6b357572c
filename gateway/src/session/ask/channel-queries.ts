import type { MexQuery } from './mex.ts'

/** Numbers of the same query. Those of Baileys come first where they still work. */
const numbers = (path: string, first: string, ...next: string[]): MexQuery => [
	{ id: first, path },
	...next.map((id) => ({ id, path })),
]

/**
 * The queries about channels. From Baileys 7.0.0-rc14, and whatsapp-rust's table of August 2026, where Baileys has none or
 * an old one.
 */
export const channelQueries = {
	subscribed: numbers('xwa2_newsletter_subscribed', '6388546374527196', '25399611239711790'),
	metadata: numbers('xwa2_newsletter', '6563316087068696', '27456920720571478'),
	create: numbers('xwa2_newsletter_create', '8823471724422422', '25149874324715067'),
	update: numbers('xwa2_newsletter_update', '24250201037901610'),
	delete: numbers('xwa2_newsletter_delete_v2', '30062808666639665'),
	follow: numbers('xwa2_newsletter_join_v2', '24404358912487870'),
	unfollow: numbers('xwa2_newsletter_leave_v2', '9767147403369991'),
	mute: numbers('xwa2_newsletter_mute_v2', '29766401636284406'),
	unmute: numbers('xwa2_newsletter_unmute_v2', '9864994326891137'),
	followers: numbers('xwa2_newsletter_followers', '27472091235714801'),
	adminCount: numbers('xwa2_newsletter_admin', '7130823597031706', '26278439461859188'),
	pendingInvites: numbers('xwa2_newsletter_admin', '9783111038412085'),
	inviteAdmin: numbers('xwa2_newsletter_admin_invite_create', '9387141988078609'),
	revokeInvite: numbers('xwa2_newsletter_admin_invite_revoke', '9656078347839416'),
	acceptInvite: numbers('xwa2_newsletter_admin_invite_accept', '9580828702035549'),
	demote: [
		{ id: '9880997548630971', path: 'xwa2_newsletter_admin_demote' },
		{ id: '6551828931592903', path: 'xwa2_newsletter_demote' },
	],
	changeOwner: numbers('xwa2_newsletter_change_owner', '9546742745432473', '7341777602580933'),
} as const satisfies Record<string, MexQuery>
