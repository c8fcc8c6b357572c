import type { proto } from '@whiskeysockets/baileys'
import { GatewayError } from '../errors.ts'
import type { MessageDefinition, ReceivedDefinition } from './define.ts'
import { readableText } from './readable-text.ts'
import { receivedTypes } from './received/index.ts'
import { album } from './types/album.ts'
import { audio } from './types/audio.ts'
import { buttons } from './types/buttons.ts'
import { buttonsResponse } from './types/buttons-response.ts'
import { cancelPayment } from './types/cancel-payment.ts'
import { comment } from './types/comment.ts'
import { contact } from './types/contact.ts'
import { contacts } from './types/contacts.ts'
import { declinePayment } from './types/decline-payment.ts'
import { document } from './types/document.ts'
import { edit } from './types/edit.ts'
import { event } from './types/event.ts'
import { eventResponse } from './types/event-response.ts'
import { forward } from './types/forward.ts'
import { gif } from './types/gif.ts'
import { groupInvite } from './types/group-invite.ts'
import { highlyStructured } from './types/highly-structured.ts'
import { image } from './types/image.ts'
import { interactive } from './types/interactive.ts'
import { interactiveResponse } from './types/interactive-response.ts'
import { invoice } from './types/invoice.ts'
import { keep } from './types/keep.ts'
import { limitSharing } from './types/limit-sharing.ts'
import { list } from './types/list.ts'
import { listResponse } from './types/list-response.ts'
import { liveLocation } from './types/live-location.ts'
import { location } from './types/location.ts'
import { newsletterAdminInvite } from './types/newsletter-admin-invite.ts'
import { newsletterFollowerInvite } from './types/newsletter-follower-invite.ts'
import { newsletterForward } from './types/newsletter-forward.ts'
import { order } from './types/order.ts'
import { paymentInvite } from './types/payment-invite.ts'
import { memberTag } from './types/member-tag.ts'
import { pin } from './types/pin.ts'
import { poll } from './types/poll.ts'
import { pollUpdate } from './types/poll-update.ts'
import { product } from './types/product.ts'
import { react } from './types/react.ts'
import { requestPayment } from './types/request-payment.ts'
import { requestPhoneNumber } from './types/request-phone-number.ts'
import { revoke } from './types/revoke.ts'
import { scheduledCall } from './types/scheduled-call.ts'
import { scheduledCallEdit } from './types/scheduled-call-edit.ts'
import { sendPayment } from './types/send-payment.ts'
import { sharePhoneNumber } from './types/share-phone-number.ts'
import { sticker } from './types/sticker.ts'
import { templateButtonReply } from './types/template-button-reply.ts'
import { text } from './types/text.ts'
import { video } from './types/video.ts'
import { videoNote } from './types/video-note.ts'
import { viewOnce } from './types/view-once.ts'
import { voice } from './types/voice.ts'
import { kindOf } from './wrappers.ts'

/** Every kind of message, in the order in which people are shown them. */
export const messageTypes = [
	text,
	image,
	video,
	gif,
	videoNote,
	audio,
	voice,
	document,
	sticker,
	viewOnce,
	album,
	location,
	liveLocation,
	contact,
	contacts,
	poll,
	event,
	buttons,
	list,
	interactive,
	buttonsResponse,
	listResponse,
	interactiveResponse,
	templateButtonReply,
	pollUpdate,
	eventResponse,
	react,
	edit,
	revoke,
	forward,
	pin,
	memberTag,
	keep,
	groupInvite,
	newsletterAdminInvite,
	newsletterFollowerInvite,
	newsletterForward,
	product,
	order,
	invoice,
	paymentInvite,
	requestPayment,
	sendPayment,
	cancelPayment,
	declinePayment,
	comment,
	scheduledCall,
	scheduledCallEdit,
	requestPhoneNumber,
	sharePhoneNumber,
	limitSharing,
	highlyStructured,
] as const satisfies readonly MessageDefinition[]

const byName = new Map<string, MessageDefinition>(
	messageTypes.flatMap((definition: MessageDefinition) =>
		[definition.type, ...(definition.aliases ?? [])].map((name) => [name, definition] as const),
	),
)

/** A kind of message by its name. */
export function messageType(name: string): MessageDefinition {
	const found = byName.get(name)
	if (!found) throw new GatewayError('not_found', `There is no message type ${name}.`)
	return found
}

/** What a message says: its type, that type's fields, and what somebody would read aloud of it. */
export type Said = { type: string; text: string | null; [field: string]: unknown }

type Readable = Pick<ReceivedDefinition, 'type' | 'title' | 'textOf'> &
	Pick<MessageDefinition, 'fromContent'>

// A filled-in template is one of a kind that can be sent as well: what is only received comes first.
const readers = [...receivedTypes, ...messageTypes] as readonly Readable[]

const UNKNOWN = 'unknown'

/** The types that a message in an event can have. Some types are sent only: a GIF comes in as a video. */
export const readTypes: readonly { type: string; title: string }[] = [
	...readers.flatMap(({ type, title, fromContent }) => (fromContent ? [{ type, title }] : [])),
	{ type: UNKNOWN, title: 'Unknown' },
]

/**
 * Reads an unwrapped message that came in. What is no type of ours is `unknown`, with WhatsApp's name for it and
 * whatever can be read in it.
 */
export function readContent(content: proto.IMessage): Said {
	for (const { type, fromContent, textOf } of readers) {
		const fields = fromContent?.(content)
		if (fields) return { type, ...fields, text: textOf?.(fields) ?? null }
	}
	const { protocolMessage: protocol } = content
	return {
		type: UNKNOWN,
		kind: kindOf(content) ?? null,
		...(protocol?.type && { protocol_type: protocol.type }),
		text: readableText(content) ?? null,
	}
}

/** The kind of message that an unwrapped one comes in as, if it is one of ours. */
export function typeIn(content: proto.IMessage): MessageDefinition | undefined {
	const definitions: readonly MessageDefinition[] = messageTypes
	return definitions.find(({ fromContent }) => fromContent?.(content))
}
