import { identityOf, toPersonJid } from '../../identity.ts'
import { askMex } from '../../ask/mex.ts'
import type { ChannelRole } from '../../../events/fields/channel.ts'
import { readRole } from '../../channel-fields.ts'
import { withLid } from '../contacts/with-lid.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { changeChannels, tellChannel } from './change.ts'
import { channelJid, findChannel } from './find.ts'
import { channelQueries } from '../../ask/channel-queries.ts'

/** Somebody who follows a channel. */
export type Follower = {
	jid: string
	phone: string | null
	lid: string | null
	name: string | null
	role: ChannelRole
	/** Unix time in seconds. */
	followed_at: number | null
}

type RawPerson = { id?: string; pn?: string | null; display_name?: string | null }
type RawFollowers = {
	followers?: {
		edges?: { role?: string; follow_time?: string | number | null; node?: RawPerson }[]
	} | null
}
type RawAdmins = {
	admin_count?: number | null
	pending_admin_invites?: { user?: RawPerson | null }[] | null
}

/**
 * Those who follow a channel, as far as WhatsApp lists them. Only admins see them.
 * @param count of how many WhatsApp is asked
 * @throws as `findChannel`
 */
export async function channelFollowers(
	deps: SessionDeps,
	channel: string,
	count: number,
): Promise<{ followers: Follower[]; total: number }> {
	const { jid, subscribers } = await findChannel(deps, channel)
	const followers = await askForFollowers(deps, jid, count)
	return { followers, total: subscribers ?? followers.length }
}

async function askForFollowers(
	{ socket, otherName }: SessionDeps,
	jid: string,
	count: number,
): Promise<Follower[]> {
	const variables = { input: { newsletter_id: jid, count } }
	const answer = (await askMex(socket, channelQueries.followers, variables)) as RawFollowers | null
	return (answer?.followers?.edges ?? []).flatMap(({ node, role, follow_time }) =>
		node?.id
			? {
					...personIn(node, otherName),
					role: readRole(role) ?? 'subscriber',
					followed_at: Number(follow_time) || null,
				}
			: [],
	)
}

function personIn(
	{ id = '', pn, display_name }: RawPerson,
	otherName: SessionDeps['otherName'],
): Omit<Follower, 'role' | 'followed_at'> {
	const { id: jid, phone, lid } = identityOf(id, otherName, { alt: pn })
	return { jid, phone, lid, name: display_name || null }
}

/** WhatsApp has no list of admins: they stand among the followers. */
const SEARCHED = 1_000

/** The admins of a channel with its owner, and those who are invited to become one. Only admins see them. */
export async function channelAdmins(deps: SessionDeps, channel: string) {
	const { socket, otherName } = deps
	const jid = await channelJid(deps, channel)
	const variables = { newsletter_id: jid }
	const counted = (await askMex(socket, channelQueries.adminCount, variables)) as RawAdmins | null
	const invites = (await askMex(
		socket,
		channelQueries.pendingInvites,
		variables,
	)) as RawAdmins | null
	const followers = await askForFollowers(deps, jid, SEARCHED)
	const admins = followers.filter(({ role }) => role === 'owner' || role === 'admin')
	return {
		admins,
		invited: (invites?.pending_admin_invites ?? []).flatMap(({ user }) =>
			user?.id ? personIn(user, otherName) : [],
		),
		total: counted?.admin_count ?? admins.length,
	}
}

/**
 * Invites a person to become an admin. WhatsApp tells them nothing: send a message of the type `newsletter-admin-invite`.
 * @returns until when they can accept, Unix time in seconds; null if WhatsApp does not say
 * @throws as `findChannel`, and recipient_not_on_whatsapp
 */
export async function inviteAdmin(
	deps: SessionDeps,
	channel: string,
	person: string,
): Promise<number | null> {
	const { answer } = await changeAdmin(deps, channel, person, 'inviteAdmin')
	return Number((answer as { invite_expiration_time?: number }).invite_expiration_time) || null
}

/** Takes an invitation back. @throws as `inviteAdmin` */
export async function revokeAdminInvite(deps: SessionDeps, channel: string, person: string) {
	await changeAdmin(deps, channel, person, 'revokeInvite')
}

/** Makes an admin an ordinary follower. @throws as `inviteAdmin` */
export async function demoteAdmin(deps: SessionDeps, channel: string, person: string) {
	const { jid, contact } = await changeAdmin(deps, channel, person, 'demote')
	const chat = identityOf(jid, deps.otherName)
	await deps.tell({
		type: 'channel.admins',
		data: { chat, contact, role: 'subscriber', by: deps.me() },
	})
}

/** Makes another admin the owner; the account stays an admin. @throws as `inviteAdmin` */
export async function transferChannel(deps: SessionDeps, channel: string, person: string) {
	const { jid, contact } = await changeAdmin(deps, channel, person, 'changeOwner')
	const chat = identityOf(jid, deps.otherName)
	await deps.tell({ type: 'channel.admins', data: { chat, contact, role: 'owner', by: deps.me() } })
	await tellChannel(deps, jid, { role: 'admin' })
}

async function changeAdmin(
	deps: SessionDeps,
	channel: string,
	person: string,
	change: 'inviteAdmin' | 'revokeInvite' | 'demote' | 'changeOwner',
) {
	const contact = await withLid(deps, identityOf(toPersonJid(person, 'jid'), deps.otherName))
	const jid = await channelJid(deps, channel)
	const variables = { newsletter_id: jid, user_id: contact.lid }
	return { jid, contact, answer: await changeChannels(deps, channelQueries[change], variables) }
}

/** Becomes an admin, as somebody who was invited. @throws as `findChannel` */
export async function acceptAdminInvite(deps: SessionDeps, channel: string): Promise<void> {
	const jid = await channelJid(deps, channel)
	await changeChannels(deps, channelQueries.acceptInvite, { newsletter_id: jid })
	await tellChannel(deps, jid, { role: 'admin' })
}
