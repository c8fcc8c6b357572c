import type { proto } from '@whiskeysockets/baileys'

const SHOP = { id: '4930123@s.whatsapp.net', phone: '4930123', lid: null, name: null }
const GROUP = '120363041234567890@g.us'

/** What stands around a message, and what its event says of it. */
type FactsCase = {
	what: string
	info?: proto.IContextInfo
	about?: proto.IMessageContextInfo
	says: object
}

export const factsCases: FactsCase[] = [
	{
		what: 'a quote of another chat, which WhatsApp chose',
		info: {
			stanzaId: 'B1',
			participant: SHOP.id,
			quotedMessage: { conversation: 'a story' },
			remoteJid: 'status@broadcast',
			quotedType: 1,
		},
		says: {
			reply_to: 'B1',
			quoted: {
				sender: SHOP,
				type: 'text',
				text: 'a story',
				chat: { id: 'status@broadcast', phone: null, lid: null, name: null },
				auto: true,
			},
		},
	},
	{
		what: 'the ad that somebody came from',
		info: {
			externalAdReply: {
				sourceType: 'ad',
				sourceId: '120',
				sourceUrl: 'https://fb.me/1',
				sourceApp: 'facebook',
				title: 'Shirts',
				body: 'All of them',
				ctwaClid: 'clid',
				ref: 'spring',
				mediaType: 1,
				adType: 0,
				greetingMessageBody: 'Hi!',
				automatedGreetingMessageShown: true,
			},
			quotedAd: { advertiserName: 'Shop', caption: 'Buy' },
			entryPointConversionSource: 'ctwa_ad',
			entryPointConversionApp: 'instagram',
			entryPointConversionDelaySeconds: 4,
			entryPointConversionExternalSource: 'x',
			entryPointConversionExternalMedium: 'y',
			utm: { utmSource: 'mail', utmCampaign: 'spring' },
			conversionSource: 'FB_Ads',
			conversionData: Buffer.from('data'),
			conversionDelaySeconds: 5,
			ctwaSignals: 'signals',
			ctwaPayload: Buffer.from('payload'),
		},
		says: {
			ad: {
				source_type: 'ad',
				source_id: '120',
				source_url: 'https://fb.me/1',
				source_app: 'facebook',
				title: 'Shirts',
				body: 'All of them',
				ctwa_clid: 'clid',
				ref: 'spring',
				ad_type: 'ctwa',
				media_type: 'image',
				greeting: 'Hi!',
				greeting_shown: true,
				advertiser: 'Shop',
				caption: 'Buy',
				conversion_source: 'FB_Ads',
				conversion_data: 'ZGF0YQ==',
				conversion_delay_seconds: 5,
				ctwa_signals: 'signals',
				ctwa_payload: 'cGF5bG9hZA==',
				entry_point: 'ctwa_ad',
			},
			entry_point: {
				source: 'ctwa_ad',
				app: 'instagram',
				delay_seconds: 4,
				external_source: 'x',
				external_medium: 'y',
				utm_source: 'mail',
				utm_campaign: 'spring',
			},
		},
	},
	{
		what: 'a way in that is an ad, of which nothing else is said',
		info: { entryPointConversionSource: 'ctwa_ad' },
		says: { ad: { entry_point: 'ctwa_ad' }, entry_point: { source: 'ctwa_ad' } },
	},
	{
		what: 'a way in that is no ad',
		info: { entryPointConversionSource: 'global_search_new_chat' },
		says: { entry_point: { source: 'global_search_new_chat' } },
	},
	{
		what: 'a forward through many hands, a business, a bot and a channel',
		info: {
			isForwarded: true,
			forwardingScore: 7,
			forwardOrigin: 3,
			businessMessageForwardInfo: { businessOwnerJid: SHOP.id },
			forwardedAiBotMessageInfo: { botName: 'Bot', botJid: '1@bot', creatorName: 'Ada' },
			forwardedNewsletterMessageInfo: {
				newsletterJid: '1@newsletter',
				accessibilityText: 'a picture',
			},
		},
		says: {
			forwarded: true,
			forwards: 7,
			frequently_forwarded: true,
			forward_origin: 'channel',
			forwarded_from_business: SHOP,
			forwarded_from_bot: { id: '1@bot', name: 'Bot', creator: 'Ada' },
			forwarded_from: { newsletter_jid: '1@newsletter', accessibility_text: 'a picture' },
		},
	},
	{
		what: 'mentions of people and groups, and a timer',
		info: {
			mentionedJid: [SHOP.id],
			nonJidMentions: 1,
			groupMentions: [{ groupJid: GROUP, groupSubject: 'Team' }, { groupJid: GROUP }],
			expiration: 86_400,
		},
		says: {
			mentions: [SHOP],
			mention_all: true,
			group_mentions: [
				{ id: GROUP, name: 'Team' },
				{ id: GROUP, name: null },
			],
			expiration: 86_400,
		},
	},
	{
		what: 'facts of statuses',
		info: {
			isGroupStatus: true,
			statusAudienceMetadata: { audienceType: 1 },
			statusSourceType: 5,
			statusAttributionType: 2,
			statusAttributions: [{ type: 3, music: { title: 'Song', author: 'Band' } }],
		},
		says: {
			status_post: {
				group: true,
				close_friends: true,
				source: 'music',
				attribution: 'reshared_from_post',
				music: { title: 'Song', author: 'Band' },
			},
		},
	},
	{
		what: 'questions, links, campaigns and labels',
		info: {
			isQuestion: true,
			questionReplyQuotedMessage: {
				serverQuestionId: 3,
				quotedQuestion: { conversation: 'Which?' },
				quotedResponse: { extendedTextMessage: { text: 'Blue' } },
			},
			actionLink: { url: 'https://example.com', buttonTitle: 'Open' },
			smbClientCampaignId: 'c1',
			smbServerCampaignId: 's1',
			memberLabel: { label: 'Coach' },
		},
		says: {
			question: true,
			question_reply: { question_id: 3, question: 'Which?', response: 'Blue' },
			action_link: { url: 'https://example.com', title: 'Open' },
			campaign: { client_id: 'c1', server_id: 's1' },
			member_label: 'Coach',
		},
	},
	{
		what: 'what stands beside the content',
		about: {
			botMetadata: {
				personaId: 'p1',
				invokerJid: SHOP.id,
				botResponseId: 'r1',
				messageDisclaimerText: 'May be wrong',
				suggestedPromptMetadata: { suggestedPrompts: ['More'] },
				richResponseSourcesMetadata: {
					sources: [{ sourceTitle: 'Page', sourceProviderUrl: 'https://example.com' }],
				},
			},
			messageAssociation: { associationType: 1, parentMessageKey: { id: 'A1' } },
			capiCreatedGroup: true,
			supportPayload: '{"a":1}',
			limitSharing: { sharingLimited: true },
			threadId: [{ threadType: 1, threadKey: { id: 'T1' } }],
		},
		says: {
			bot: {
				persona_id: 'p1',
				invoked_by: SHOP,
				response_id: 'r1',
				disclaimer: 'May be wrong',
				suggestions: ['More'],
				sources: [{ title: 'Page', url: 'https://example.com' }],
			},
			album_id: 'A1',
			business_api_group: true,
			support_payload: '{"a":1}',
			sharing_limited: true,
			threads: [{ message_id: 'T1', kind: 'replies' }],
		},
	},
	{
		what: 'a message that it is a part of',
		about: {
			messageAssociation: { associationType: 3, parentMessageKey: { id: 'E1' }, messageIndex: 2 },
			limitSharingV2: { sharingLimited: true },
		},
		says: {
			part_of: { message_id: 'E1', kind: 'event_cover_image', index: 2 },
			sharing_limited: true,
		},
	},
]
