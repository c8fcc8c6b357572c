import type { proto } from '@whiskeysockets/baileys'

const viewOnceWrappers = [
	'viewOnceMessage',
	'viewOnceMessageV2',
	'viewOnceMessageV2Extension',
] as const

// Every field of the type FutureProofMessage in WAProto.proto.
const wrappers = [
	...viewOnceWrappers,
	'ephemeralMessage',
	'documentWithCaptionMessage',
	'editedMessage',
	'groupMentionedMessage',
	'botInvokeMessage',
	'lottieStickerMessage',
	'eventCoverImage',
	'statusMentionMessage',
	'pollCreationOptionImageMessage',
	'associatedChildMessage',
	'groupStatusMentionMessage',
	'pollCreationMessageV4',
	'statusAddYours',
	'groupStatusMessage',
	'limitSharingMessage',
	'botTaskMessage',
	'questionMessage',
	'groupStatusMessageV2',
	'botForwardedMessage',
	'questionReplyMessage',
	// What another device of the account has sent, as this one gets it.
	'deviceSentMessage',
] as const satisfies (keyof proto.IMessage)[]

export type Unwrapped = {
	/** What is inside, with the context of the outermost that has one. */
	content: proto.IMessage
	viewOnce: boolean
}

/** Takes a message out of its wrappers: disappearing, to be viewed once, captioned document, … */
export function unwrap(message: proto.IMessage): Unwrapped {
	let content = message
	let viewOnce = false
	for (let inner = innerOf(content); inner; inner = innerOf(content)) {
		viewOnce ||= viewOnceWrappers.includes(inner.wrapper as never)
		content = withOuterContext(inner.message, content)
	}
	return { content, viewOnce: viewOnce || isMarked(content) }
}

/** The secret may be in one and the album in the other. */
function withOuterContext(inner: proto.IMessage, { messageContextInfo: outer }: proto.IMessage) {
	return outer ? { ...inner, messageContextInfo: { ...inner.messageContextInfo, ...outer } } : inner
}

function innerOf(content: proto.IMessage) {
	for (const wrapper of wrappers) {
		const message = content[wrapper]?.message
		if (message && kindOf(message)) return { wrapper, message }
	}
	return undefined
}

function isMarked({ imageMessage, videoMessage, audioMessage }: proto.IMessage): boolean {
	return [imageMessage, videoMessage, audioMessage].some((file) => file?.viewOnce)
}

const notContent = [
	'messageContextInfo',
	'senderKeyDistributionMessage',
	'fastRatchetKeySenderKeyDistributionMessage',
]

/** WhatsApp's name of what an unwrapped message holds, as in `imageMessage`. */
export const kindOf = (content: proto.IMessage): keyof proto.IMessage | undefined =>
	kindsOf(content)[0]

/** A message says one thing. One that says several, which no client of WhatsApp sends, in its parts. */
export function partsOfContent(content: proto.IMessage): proto.IMessage[] {
	const kinds = kindsOf(content)
	if (kinds.length < 2) return [content]
	const { messageContextInfo } = content
	return kinds.map((kind) => ({
		[kind]: content[kind],
		...(messageContextInfo && { messageContextInfo }),
	}))
}

const kindsOf = (content: proto.IMessage) =>
	Object.entries(content).flatMap(([name, value]) =>
		value != null && !notContent.includes(name) ? [name as keyof proto.IMessage] : [],
	)
