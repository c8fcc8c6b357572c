import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proto } from '@whiskeysockets/baileys'
import { messageFacts } from '../../../gateway/src/events/fields/message-facts.ts'
import { messageData } from '../../../gateway/src/events/types/message-received.ts'
import {
	contextInfoFields,
	messageContextInfoFields,
	type FieldPlace,
} from '../../../gateway/src/messages/facts/fields.ts'
import { messageTypes } from '../../../gateway/src/messages/index.ts'
import { receivedTypes } from '../../../gateway/src/messages/received/index.ts'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'
import { fieldsOf } from './support/proto-fields.ts'

const SHOP = { id: '4930123@s.whatsapp.net', phone: '4930123', lid: null, name: null }
const GROUP = '120363041234567890@g.us'

type Case = {
	what: string
	info?: proto.IContextInfo
	about?: proto.IMessageContextInfo
	says: object
}

const cases: Case[] = [
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

const places = (all: Record<string, FieldPlace>) =>
	Object.entries(all).flatMap(([name, place]) =>
		'carried' in place ? [[name, place.carried]] : [],
	)

const valueAt = (data: object, path: string) =>
	path.split('.').reduce<any>((value, step) => value?.[step], data)

test('every field around a message has its place, or a reason to be left out', () => {
	for (const [all, type] of [
		[contextInfoFields, proto.ContextInfo],
		[messageContextInfoFields, proto.MessageContextInfo],
	] as const) {
		assert.deepEqual(Object.keys(all).sort(), fieldsOf(type).sort())
		for (const place of Object.values<FieldPlace>(all))
			assert.ok('carried' in place ? place.carried : place.leftOut.endsWith('.'))
	}
})

test('what stands around a message is in its event', async (t) => {
	const { gateway, ada, owner } = await linkedGateway(t)
	const receiver = await openReceiver(t)
	await gateway.request('POST', '/api/v1/sessions/main/webhooks', { url: receiver.url })
	const unproven = new Map([
		...places(contextInfoFields).map(([name, path]) => [`info.${name}`, path!] as const),
		...places(messageContextInfoFields).map(([name, path]) => [`about.${name}`, path!] as const),
	])
	for (const { what, info = {}, about, says } of cases)
		await t.test(what, async () => {
			const id = await ada.sends(
				{ extendedTextMessage: { text: 'hi', contextInfo: info }, messageContextInfo: about },
				{ to: owner },
			)
			const { event } = await receiver.gets(({ event }) => event.data.message_id === id)
			const { message_id, chat, sender, from_me, timestamp, type, text, ...said } = event.data
			assert.deepEqual(said, { reply_to: null, ...says })
			assert.deepEqual(messageData.strict().parse(event.data), event.data)
			for (const [set, given] of [
				['info', info],
				['about', about ?? {}],
			] as const)
				for (const name of Object.keys(given)) {
					const path = unproven.get(`${set}.${name}`)
					if (path && valueAt(event.data, path) !== undefined) unproven.delete(`${set}.${name}`)
				}
		})
	assert.deepEqual([...unproven], [], 'each field that is carried has been seen in an event')
})

test('what stands around a message is called as no field of a type is', () => {
	const facts = Object.keys(messageFacts)
	for (const { type, schema } of [...messageTypes, ...receivedTypes])
		for (const field of Object.keys(schema.shape))
			assert.ok(!facts.includes(field), `${field} of ${type} would be hidden`)
})
