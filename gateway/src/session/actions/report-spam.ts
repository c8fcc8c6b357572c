import { getBinaryNodeChildString, isJidGroup, isPnUser, isLidUser } from '@whiskeysockets/baileys'
import { GatewayError } from '../../errors.ts'
import { element } from '../ask/element.ts'
import { askIq } from '../ask/iq.ts'
import { answerUnreadable } from '../ask/whatsapp-errors.ts'
import { toJid, toPersonJid } from '../identity.ts'
import type { SessionDeps } from '../session-deps.ts'
import { toGroupJid } from './groups/group-jid.ts'

/** Where in the app a message is reported from, by WhatsApp's names. */
export const spamFlows = {
	message_menu: 'MessageMenu',
	contact_info: 'ContactInfo',
	group_info_report: 'GroupInfoReport',
	group_spam_banner_report: 'GroupSpamBannerReport',
	status_report: 'StatusReport',
} as const

export type SpamReport = {
	message_id: string
	/** Unix time in seconds. */
	message_timestamp?: number | undefined
	/** Who wrote it to the account, or the chat. */
	from_jid?: string | undefined
	/** Who wrote it in a group. */
	participant_jid?: string | undefined
	group_jid?: string | undefined
	group_subject?: string | undefined
	spam_flow: keyof typeof spamFlows
}

/**
 * Reports a message to WhatsApp as spam. What is left out is that of the kept message.
 * @returns WhatsApp's id of the report; null if it gives none
 * @throws GatewayError message_not_found if the message is not kept and it is not said where it is, invalid_recipient,
 * and those of `askWhatsApp`
 */
export async function reportSpam(deps: SessionDeps, report: SpamReport): Promise<string | null> {
	const { message_id: id, spam_flow, group_subject: subject } = report
	const { from, participant, t, group } = await placeOf(deps, report)
	const message = element('message', {
		id,
		t: String(t),
		from,
		...(participant && { participant }),
	})
	const list = {
		spam_flow: spamFlows[spam_flow],
		...(group && { jid: group }),
		...(subject && { subject }),
	}
	const answer = await askIq(deps.socket, {
		type: 'set',
		xmlns: 'spam',
		content: [element('spam_list', list, [message])],
	})
	if (answer.attrs.type !== 'result') throw answerUnreadable('it is no result')
	return getBinaryNodeChildString(answer, 'report_id') || null
}

async function placeOf({ messages }: SessionDeps, report: SpamReport) {
	const kept = (await messages.many([report.message_id])).get(report.message_id)
	if (kept?.from_me) {
		const advice = 'The account wrote this message itself.'
		throw new GatewayError('invalid_request', advice, { field: 'message_id' })
	}
	const { group_jid, from_jid, participant_jid } = report
	const named = group_jid
		? toGroupJid(group_jid, 'group_jid')
		: from_jid && toJid(from_jid, 'from_jid')
	const from = named || kept?.to
	if (!from) throw unknown(report.message_id, 'from_jid')
	const t = report.message_timestamp ?? kept?.at
	if (t === undefined) throw unknown(report.message_id, 'message_timestamp')
	const participant = participant_jid
		? toPersonJid(participant_jid, 'participant_jid')
		: kept?.sender
	const isOfPerson = isPnUser(from) || isLidUser(from)
	if (!isOfPerson && !participant) throw unknown(report.message_id, 'participant_jid')
	return {
		...{ from, t },
		participant: isOfPerson ? undefined : participant,
		group: isJidGroup(from) ? from : undefined,
	}
}

function unknown(id: string, field: string) {
	const advice = `No message ${id} is kept: give \`${field}\`.`
	return new GatewayError('message_not_found', advice, { field })
}
