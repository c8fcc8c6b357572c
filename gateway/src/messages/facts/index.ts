import type { proto } from '@whiskeysockets/baileys'
import { infoOf } from '../context.ts'
import { nameAt } from '../protobuf-numbers.ts'
import { readableText } from '../readable-text.ts'
import { readAd, readEntryPoint } from './ad.ts'
import { readAssociation } from './association.ts'
import { readBot } from './bot.ts'
import { present, textOrNone } from './present.ts'
import { readStatus } from './status.ts'

/** From five on WhatsApp says "forwarded many times". */
const MANY_FORWARDS = 5

const origins = [undefined, 'chat', 'status', 'channel', 'meta_ai', 'ugc'] as const // ForwardOrigin
const threadKinds = [undefined, 'replies', 'ai'] as const // ThreadID.ThreadType

/**
 * What an unwrapped message says around its content, besides what a send can say as well (`context.ts`). Every field of
 * ContextInfo and MessageContextInfo has its place in `fields.ts`.
 * @param person makes an identity of a jid
 */
export function readFacts<Person>(content: proto.IMessage, person: (jid: string) => Person) {
	const info = infoOf(content)
	return present({
		...ofItsPlace(content),
		...ofItsWay(info, person),
		...ofItsSender(info, content.messageContextInfo ?? {}, person),
		group_mentions: info.groupMentions?.length
			? info.groupMentions.map(({ groupJid, groupSubject }) => ({
					id: groupJid ?? '',
					name: groupSubject || null,
				}))
			: undefined,
		action_link: present({
			url: textOrNone(info.actionLink?.url),
			title: textOrNone(info.actionLink?.buttonTitle),
		}),
		question: info.isQuestion || undefined,
		question_reply: readQuestionReply(info.questionReplyQuotedMessage ?? {}),
		status_post: readStatus(info),
	})
}

function ofItsPlace(content: proto.IMessage) {
	const association = readAssociation(content)
	const threads = content.messageContextInfo?.threadId?.flatMap(({ threadKey, threadType }) =>
		threadKey?.id ? { message_id: threadKey.id, kind: nameAt(threadKinds, threadType) } : [],
	)
	return {
		album_id: association?.kind === 'album' ? association.message_id : undefined,
		part_of: association && association.kind !== 'album' ? present(association) : undefined,
		threads: threads?.length ? threads : undefined,
	}
}

function ofItsWay<Person>(info: proto.IContextInfo, person: (jid: string) => Person) {
	const { businessMessageForwardInfo: business, forwardedAiBotMessageInfo: bot } = info
	return {
		frequently_forwarded: (info.forwardingScore ?? 0) >= MANY_FORWARDS || undefined,
		forward_origin: nameAt(origins, info.forwardOrigin),
		forwarded_from_business: business?.businessOwnerJid
			? person(business.businessOwnerJid)
			: undefined,
		forwarded_from_bot: present({
			id: textOrNone(bot?.botJid),
			name: textOrNone(bot?.botName),
			creator: textOrNone(bot?.creatorName),
		}),
		ad: readAd(info),
		entry_point: readEntryPoint(info),
	}
}

function ofItsSender<Person>(
	info: proto.IContextInfo,
	about: proto.IMessageContextInfo,
	person: (jid: string) => Person,
) {
	const sharing = about.limitSharingV2 ?? about.limitSharing
	return {
		member_label: textOrNone(info.memberLabel?.label),
		campaign: present({
			client_id: textOrNone(info.smbClientCampaignId),
			server_id: textOrNone(info.smbServerCampaignId),
		}),
		bot: readBot(about.botMetadata, person),
		support_payload: textOrNone(about.supportPayload),
		business_api_group: about.capiCreatedGroup || undefined,
		sharing_limited: sharing?.sharingLimited || undefined,
	}
}

const readQuestionReply = (reply: proto.ContextInfo.IQuestionReplyQuotedMessage) =>
	present({
		question_id: reply.serverQuestionId || undefined,
		question: readableText(reply.quotedQuestion ?? {}),
		response: readableText(reply.quotedResponse ?? {}),
	})
