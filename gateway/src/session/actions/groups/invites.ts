import { getBinaryNodeChild } from '@whiskeysockets/baileys'
import { GatewayError } from '../../../errors.ts'
import { element, expected } from '../../ask/element.ts'
import { ALL_GROUPS, groupQuery, metadataIn } from '../../ask/group-query.ts'
import { answerUnreadable } from '../../ask/whatsapp-errors.ts'
import { identityOf, jidsOf, toPersonJid } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { changeGroup } from './change.ts'
import { describeGroup, type GroupDetails } from './details.ts'
import { toGroupJid } from './group-jid.ts'

/** The code of a group's invite link. @param reset whether it gets a new one, with which the old one ends */
export async function inviteCode(
	{ socket }: SessionDeps,
	group: string,
	reset: boolean,
): Promise<string> {
	const jid = toGroupJid(group, 'jid')
	const answer = await groupQuery(socket, reset ? 'set' : 'get', jid, element('invite'))
	const { code } = expected(answer, 'invite').attrs
	if (!code) throw answerUnreadable('it has no invite code')
	return code
}

/** What WhatsApp shows of a group to holders of its invite link. */
export async function groupOfInvite(
	{ socket, otherName }: SessionDeps,
	code: string,
): Promise<GroupDetails> {
	const answer = await groupQuery(socket, 'get', ALL_GROUPS, element('invite', { code }))
	return describeGroup(metadataIn(expected(answer, 'group')), otherName)
}

export type JoinOutcome = { status: 'joined' | 'requested'; group_jid: string }

/** Joins by the code of an invite link, or asks to be let in where admins approve who joins. */
export async function joinByCode(deps: SessionDeps, code: string): Promise<JoinOutcome> {
	const invite = element('invite', { code })
	return changeGroup(deps, undefined, async () => {
		const answer = await groupQuery(deps.socket, 'set', ALL_GROUPS, invite)
		const joined = getBinaryNodeChild(answer, 'group')
		const { jid } = (joined ?? expected(answer, 'membership_approval_request')).attrs
		if (!jid) throw answerUnreadable('it names no group')
		return { status: joined ? 'joined' : 'requested', group_jid: jid }
	})
}

/** An invitation for one person, as it comes in a message. */
export type Invitation = {
	group_jid: string
	code: string
	/** Unix time in seconds. */
	expiration: number
	/** Who sent it. */
	inviter: string
}

/** Joins by an invitation that came in a message. */
export async function acceptInvitation(
	deps: SessionDeps,
	{ group_jid, code, expiration, inviter }: Invitation,
): Promise<JoinOutcome> {
	const jid = toGroupJid(group_jid, 'group_jid')
	const admin = toPersonJid(inviter, 'inviter')
	const accept = element('accept', { code, expiration: String(expiration), admin })
	await changeGroup(deps, jid, () => groupQuery(deps.socket, 'set', jid, accept))
	return { status: 'joined', group_jid: jid }
}

/** The invitation in a received message. @throws GatewayError message_not_found, invalid_request */
export async function invitationIn(
	{ messages, otherName }: SessionDeps,
	messageId: string,
): Promise<Invitation> {
	const [record, kept] = await Promise.all([messages.get(messageId), messages.content(messageId)])
	if (!record || !kept) {
		const advice = `No message ${messageId} is kept. Give \`group_jid\`, \`code\`, \`expiration\` and \`inviter\`.`
		throw new GatewayError('message_not_found', advice, { field: 'message_id' })
	}
	const { inviteCode, groupJid, inviteExpiration } = kept.message.groupInviteMessage ?? {}
	if (!inviteCode || !groupJid) {
		const advice = `Message ${messageId} is no invitation to a group.`
		throw new GatewayError('invalid_request', advice, { field: 'message_id' })
	}
	const inviter = jidsOf(identityOf(kept.sender ?? record.to, otherName))[0]!
	return { group_jid: groupJid, code: inviteCode, expiration: Number(inviteExpiration), inviter }
}
