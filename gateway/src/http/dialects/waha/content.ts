import type { LooseJson } from '../loose-json.ts'
import type { RawMessage } from '../../../events/raw-message.ts'

/** A protobuf message as JSON. */
export type Content = LooseJson

// Each holds a message in its field `message`.
const wrappers = [
	'deviceSentMessage',
	'ephemeralMessage',
	'viewOnceMessage',
	'viewOnceMessageV2',
	'viewOnceMessageV2Extension',
	'documentWithCaptionMessage',
	'groupMentionedMessage',
	'editedMessage',
	'associatedChildMessage',
	'botInvokeMessage',
	'lottieStickerMessage',
]

const files = [
	'imageMessage',
	'videoMessage',
	'ptvMessage',
	'audioMessage',
	'documentMessage',
	'stickerMessage',
]

/** The message inside its wrappers. */
export function unwrapped(message: RawMessage['message']): Content {
	const content = message as Content
	for (const wrapper of wrappers) {
		const inner = content[wrapper]?.message
		if (inner) return unwrapped(inner)
	}
	return content
}

/** What people read: a text, else a caption, else what they chose. */
export function bodyOf(content: Content): string | null {
	const { conversation, extendedTextMessage, imageMessage, videoMessage } = content
	const { documentMessage, buttonsResponseMessage, listResponseMessage } = content
	const texts = [
		conversation,
		extendedTextMessage?.text,
		imageMessage?.caption,
		videoMessage?.caption,
		documentMessage?.caption,
		buttonsResponseMessage?.selectedDisplayText,
		listResponseMessage?.title,
		content.templateButtonReplyMessage?.selectedDisplayText,
		content.interactiveResponseMessage?.body?.text,
	]
	return texts.find((text) => typeof text === 'string' && text !== '') ?? null
}

/** The file that a message holds. */
export function fileIn(content: Content): Content | undefined {
	return files.map((name) => content[name]).find((file) => file)
}

/** What a message says of the one that it answers. */
export function contextIn(content: Content): Content | undefined {
	const parts = Object.values(content)
	return parts.find((part) => part?.contextInfo)?.contextInfo
}

/** The place that a message shows. */
export function locationIn(content: Content): Content | undefined {
	const live = content.liveLocationMessage
	const place = content.locationMessage ?? live
	if (!place) return undefined
	return {
		latitude: place.degreesLatitude,
		longitude: place.degreesLongitude,
		live: live !== undefined,
		name: place.name ?? null,
		address: place.address ?? null,
		url: place.url ?? null,
		description: place.caption ?? place.comment ?? null,
		thumbnail: place.jpegThumbnail ?? null,
	}
}

/** The contacts that a message holds, each as the text of a vCard. */
export function vCardsIn({ contactMessage, contactsArrayMessage }: Content): string[] | undefined {
	if (contactMessage) return [contactMessage.vcard]
	const contacts: Content[] | undefined = contactsArrayMessage?.contacts
	return contacts?.map(({ vcard }) => vcard)
}
