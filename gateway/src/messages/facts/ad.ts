import type { proto } from '@whiskeysockets/baileys'
import { nameAt, numberOf } from '../protobuf-numbers.ts'
import { bytesOrNone, present, textOrNone } from './present.ts'

const mediaTypes = ['none', 'image', 'video'] as const // ExternalAdReplyInfo.MediaType
const adTypes = ['ctwa', 'cawc'] as const // ExternalAdReplyInfo.AdType

/** How the sender came to the chat: an ad, a link, a search. */
export const readEntryPoint = (info: proto.IContextInfo) =>
	present({
		source: textOrNone(info.entryPointConversionSource),
		app: textOrNone(info.entryPointConversionApp),
		delay_seconds: numberOf(info.entryPointConversionDelaySeconds),
		external_source: textOrNone(info.entryPointConversionExternalSource),
		external_medium: textOrNone(info.entryPointConversionExternalMedium),
		utm_source: textOrNone(info.utm?.utmSource),
		utm_campaign: textOrNone(info.utm?.utmCampaign),
	})

/** The ad or link that a message answers, or by which its sender came. */
export function readAd(info: proto.IContextInfo) {
	const ad = present({
		...readExternalAd(info.externalAdReply ?? {}),
		advertiser: textOrNone(info.quotedAd?.advertiserName),
		caption: textOrNone(info.quotedAd?.caption),
		conversion_source: textOrNone(info.conversionSource),
		conversion_data: bytesOrNone(info.conversionData),
		conversion_delay_seconds: numberOf(info.conversionDelaySeconds),
		ctwa_signals: textOrNone(info.ctwaSignals),
		ctwa_payload: bytesOrNone(info.ctwaPayload),
	})
	const entry = textOrNone(info.entryPointConversionSource)
	// Searches and links lead to chats as well: those alone make no ad.
	if (!ad && !/(^|_)ads?(_|$)|^ctwa/.test(entry ?? '')) return undefined
	return { ...ad, ...(entry && { entry_point: entry }) }
}

const readExternalAd = (ad: proto.ContextInfo.IExternalAdReplyInfo) => ({
	source_type: textOrNone(ad.sourceType),
	source_id: textOrNone(ad.sourceId),
	source_url: textOrNone(ad.sourceUrl),
	source_app: textOrNone(ad.sourceApp),
	title: textOrNone(ad.title),
	body: textOrNone(ad.body),
	ctwa_clid: textOrNone(ad.ctwaClid),
	ref: textOrNone(ad.ref),
	ad_type: nameAt(adTypes, ad.adType),
	media_type: nameAt(mediaTypes, ad.mediaType),
	media_url: textOrNone(ad.mediaUrl),
	thumbnail_url: textOrNone(ad.thumbnailUrl),
	image_url: textOrNone(ad.originalImageUrl),
	preview_url: textOrNone(ad.adPreviewUrl),
	website_url: textOrNone(ad.wtwaWebsiteUrl),
	greeting: textOrNone(ad.greetingMessageBody),
	greeting_shown: ad.automatedGreetingMessageShown || undefined,
	call: ad.clickToWhatsappCall || undefined,
	payload: textOrNone(ad.ctaPayload),
})
