import type { proto } from '@whiskeysockets/baileys'

/** Where events have a field, or why they do not have it. */
export type FieldPlace = { carried: string } | { leftOut: string }

const carried = (field: string): FieldPlace => ({ carried: field })
const leftOut = (why: string): FieldPlace => ({ leftOut: why })

const DISPLAY = 'It only says how phones show the message.'
const METRICS = 'WhatsApp measures with it.'
const ENCRYPTION = 'It belongs to the encryption.'
const TIMER = 'The timer of a chat has events of its own.'

/** Every field of ContextInfo, and where events have it. */
export const contextInfoFields: Record<keyof proto.IContextInfo, FieldPlace> = {
	stanzaId: carried('reply_to'),
	participant: carried('quoted.sender'),
	quotedMessage: carried('quoted.text'),
	remoteJid: carried('quoted.chat'),
	mentionedJid: carried('mentions'),
	conversionSource: carried('ad.conversion_source'),
	conversionData: carried('ad.conversion_data'),
	conversionDelaySeconds: carried('ad.conversion_delay_seconds'),
	forwardingScore: carried('forwards'),
	isForwarded: carried('forwarded'),
	quotedAd: carried('ad.advertiser'),
	placeholderKey: leftOut('The message that a phone showed a placeholder for has the same id.'),
	expiration: carried('expiration'),
	ephemeralSettingTimestamp: leftOut(TIMER),
	ephemeralSharedSecret: leftOut(ENCRYPTION),
	externalAdReply: carried('ad.title'),
	entryPointConversionSource: carried('entry_point.source'),
	entryPointConversionApp: carried('entry_point.app'),
	entryPointConversionDelaySeconds: carried('entry_point.delay_seconds'),
	disappearingMode: leftOut(TIMER),
	actionLink: carried('action_link'),
	groupSubject: leftOut('The group of the message has it: `GET …/groups`, `group.updated`.'),
	parentGroupJid: leftOut('The community of a group is in `GET …/groups`.'),
	trustBannerType: leftOut(DISPLAY),
	trustBannerAction: leftOut(DISPLAY),
	isSampled: leftOut(METRICS),
	groupMentions: carried('group_mentions'),
	utm: carried('entry_point.utm_source'),
	forwardedNewsletterMessageInfo: carried('forwarded_from'),
	businessMessageForwardInfo: carried('forwarded_from_business'),
	smbClientCampaignId: carried('campaign.client_id'),
	smbServerCampaignId: carried('campaign.server_id'),
	dataSharingContext: leftOut('What the person has agreed to is between them and WhatsApp.'),
	alwaysShowAdAttribution: leftOut(DISPLAY),
	featureEligibilities: leftOut(DISPLAY),
	entryPointConversionExternalSource: carried('entry_point.external_source'),
	entryPointConversionExternalMedium: carried('entry_point.external_medium'),
	ctwaSignals: carried('ad.ctwa_signals'),
	ctwaPayload: carried('ad.ctwa_payload'),
	forwardedAiBotMessageInfo: carried('forwarded_from_bot'),
	statusAttributionType: carried('status_post.attribution'),
	urlTrackingMap: leftOut(METRICS),
	pairedMediaType: leftOut('The second file of a message is no message: the first one has it.'),
	rankingVersion: leftOut(METRICS),
	memberLabel: carried('member_label'),
	isQuestion: carried('question'),
	statusSourceType: carried('status_post.source'),
	statusAttributions: carried('status_post.music'),
	isGroupStatus: carried('status_post.group'),
	forwardOrigin: carried('forward_origin'),
	questionReplyQuotedMessage: carried('question_reply'),
	statusAudienceMetadata: carried('status_post.close_friends'),
	nonJidMentions: carried('mention_all'),
	quotedType: carried('quoted.auto'),
	botMessageSharingInfo: leftOut(METRICS),
}

/** Every field of MessageContextInfo, and where events have it. */
export const messageContextInfoFields: Record<keyof proto.IMessageContextInfo, FieldPlace> = {
	deviceListMetadata: leftOut(ENCRYPTION),
	deviceListMetadataVersion: leftOut(ENCRYPTION),
	messageSecret: leftOut('It is a key. It is kept with the message, to open votes and edits.'),
	paddingBytes: leftOut(ENCRYPTION),
	messageAddOnDurationInSecs: leftOut('`message.pinned` has it in `duration_seconds`.'),
	botMessageSecret: leftOut('It is a key.'),
	botMetadata: carried('bot'),
	reportingTokenVersion: leftOut('A phone reports a message to WhatsApp with it.'),
	messageAddOnExpiryType: leftOut('It says when a reaction disappears: with its message.'),
	messageAssociation: carried('album_id'),
	capiCreatedGroup: carried('business_api_group'),
	supportPayload: carried('support_payload'),
	limitSharing: carried('sharing_limited'),
	limitSharingV2: carried('sharing_limited'),
	threadId: carried('threads'),
	weblinkRenderConfig: leftOut(DISPLAY),
}
