import { administered, channelOf, owned, roleOf } from './channel-mex.ts'
import { follow } from './channels.ts'
import { lidOf, pnOf } from './jids.ts'
import type { Mex } from './mex.ts'
import type { Account, Channel } from './model.ts'
import { accountsOf, notifyChannel } from './notify-channel.ts'
import { forbidden, notFound } from './query.ts'
import { now } from './stanza.ts'
import type { WhatsApp } from './whatsapp.ts'
import { LID_SERVER, parseJid } from '../wire/jid.ts'

const INVITE_SECONDS = 7 * 86_400

const person = (account: Account) => ({
	id: lidOf(account),
	pn: pnOf(account),
	display_name: account.name,
})

/** Whom a query is about: WhatsApp knows people by their LID here. @throws QueryError */
function personOf({ directory }: WhatsApp, jid = ''): Account {
	const account = parseJid(jid).server === LID_SERVER ? directory.account(jid) : undefined
	if (!account) throw notFound()
	return account
}

const listFollowers: Mex = (whatsapp, { account }, { input }) => {
	const channel = administered(whatsapp, account, input?.newsletter_id)
	const listed = accountsOf(whatsapp, channel.followers).slice(0, input?.count ?? 100)
	const edges = listed.map((follower) => ({
		role: roleOf(channel, follower),
		follow_time: String(channel.creation),
		node: person(follower),
	}))
	return { path: 'xwa2_newsletter_followers', data: { followers: { edges } } }
}

const countAdmins: Mex = (whatsapp, { account }, { newsletter_id: id }) => {
	const { admins = [] } = administered(whatsapp, account, id)
	return { path: 'xwa2_newsletter_admin', data: { admin_count: 1 + admins.length } }
}

const listInvited: Mex = (whatsapp, { account }, { newsletter_id: id }) => {
	const { invited = {} } = administered(whatsapp, account, id)
	const pending_admin_invites = accountsOf(whatsapp, Object.keys(invited)).map((one) => ({
		user: person(one),
	}))
	return { path: 'xwa2_newsletter_admin', data: { pending_admin_invites } }
}

const invite: Mex = (whatsapp, { account }, { newsletter_id: id, user_id: user }) => {
	const channel = owned(whatsapp, account, id)
	const invite_expiration_time = now() + INVITE_SECONDS
	const { phone } = personOf(whatsapp, user)
	channel.invited = { ...channel.invited, [phone]: invite_expiration_time }
	const data = { id: channel.id, invite_expiration_time }
	return { path: 'xwa2_newsletter_admin_invite_create', data }
}

const revoke: Mex = (whatsapp, { account }, { newsletter_id: id, user_id: user }) => {
	const channel = owned(whatsapp, account, id)
	forget(channel, personOf(whatsapp, user))
	return { path: 'xwa2_newsletter_admin_invite_revoke', data: { id: channel.id } }
}

function forget({ invited = {} }: Channel, { phone }: Account): void {
	if (!(phone in invited)) throw notFound()
	delete invited[phone]
}

const accept: Mex = (whatsapp, { account, device }, { newsletter_id: id }) => {
	const channel = channelOf(whatsapp.directory, id)
	if (!channel.invited?.[account.phone]) throw forbidden()
	forget(channel, account)
	follow(channel, account)
	channel.admins = [...(channel.admins ?? []), account.phone]
	tellAdmins(whatsapp, channel, { operation: 'Promote', who: account, by: account }, device)
	return { path: 'xwa2_newsletter_admin_invite_accept', data: { id: channel.id } }
}

const demote: Mex = (whatsapp, { account, device }, { newsletter_id: id, user_id: user }) => {
	const channel = owned(whatsapp, account, id)
	const who = personOf(whatsapp, user)
	if (!channel.admins?.includes(who.phone)) throw notFound()
	tellAdmins(whatsapp, channel, { operation: 'Demote', who, by: account }, device)
	channel.admins = channel.admins.filter((phone) => phone !== who.phone)
	return { path: 'xwa2_newsletter_admin_demote', data: { id: channel.id } }
}

const changeOwner: Mex = (whatsapp, { account, device }, { newsletter_id: id, user_id: user }) => {
	const channel = owned(whatsapp, account, id)
	const { phone } = personOf(whatsapp, user)
	if (!channel.admins?.includes(phone)) throw forbidden()
	channel.admins = [...channel.admins.filter((admin) => admin !== phone), account.phone]
	channel.owner = phone
	const notice = {
		operation: 'NotificationNewsletterOwnerUpdate',
		path: 'xwa2_notify_newsletter_on_owner_update',
		data: { id: channel.id, user: person(personOf(whatsapp, user)), actor: person(account) },
	}
	notifyChannel(whatsapp, adminsOf(whatsapp, channel), notice, device)
	return { path: 'xwa2_newsletter_change_owner', data: { id: channel.id } }
}

const adminsOf = (whatsapp: WhatsApp, { owner, admins = [] }: Channel) =>
	accountsOf(whatsapp, [owner, ...admins])

function tellAdmins(
	whatsapp: WhatsApp,
	channel: Channel,
	{ operation, who, by }: { operation: 'Promote' | 'Demote'; who: Account; by: Account },
	except: Parameters<typeof notifyChannel>[3],
): void {
	const notice = {
		operation: `NotificationNewsletterAdmin${operation}`,
		path: `xwa2_notify_newsletter_admin_${operation.toLowerCase()}`,
		data: { id: channel.id, user: person(who), actor: person(by) },
	}
	notifyChannel(whatsapp, adminsOf(whatsapp, channel), notice, except)
}

/** As `channelMex`, about followers and admins. */
export const channelAdminMex: Record<string, Mex> = {
	'27472091235714801': listFollowers,
	'7130823597031706': countAdmins,
	'9783111038412085': listInvited,
	'9387141988078609': invite,
	'9656078347839416': revoke,
	'9580828702035549': accept,
	'9880997548630971': demote,
	'9546742745432473': changeOwner,
}
