import type { proto } from '@whiskeysockets/baileys'
import { GatewayError } from '../errors.ts'
import type { MessageDefinition } from './define.ts'
import { album } from './album.ts'
import { audio } from './audio.ts'
import { buttons } from './buttons.ts'
import { buttonsResponse } from './buttons-response.ts'
import { cancelPayment } from './cancel-payment.ts'
import { comment } from './comment.ts'
import { contact } from './contact.ts'
import { contacts } from './contacts.ts'
import { declinePayment } from './decline-payment.ts'
import { document } from './document.ts'
import { edit } from './edit.ts'
import { event } from './event.ts'
import { eventResponse } from './event-response.ts'
import { forward } from './forward.ts'
import { gif } from './gif.ts'
import { groupInvite } from './group-invite.ts'
import { highlyStructured } from './highly-structured.ts'
import { image } from './image.ts'
import { interactive } from './interactive.ts'
import { interactiveResponse } from './interactive-response.ts'
import { invoice } from './invoice.ts'
import { keep } from './keep.ts'
import { limitSharing } from './limit-sharing.ts'
import { list } from './list.ts'
import { listResponse } from './list-response.ts'
import { liveLocation } from './live-location.ts'
import { location } from './location.ts'
import { newsletterAdminInvite } from './newsletter-admin-invite.ts'
import { newsletterFollowerInvite } from './newsletter-follower-invite.ts'
import { newsletterForward } from './newsletter-forward.ts'
import { order } from './order.ts'
import { paymentInvite } from './payment-invite.ts'
import { pin } from './pin.ts'
import { poll } from './poll.ts'
import { pollUpdate } from './poll-update.ts'
import { product } from './product.ts'
import { react } from './react.ts'
import { requestPayment } from './request-payment.ts'
import { requestPhoneNumber } from './request-phone-number.ts'
import { revoke } from './revoke.ts'
import { scheduledCall } from './scheduled-call.ts'
import { scheduledCallEdit } from './scheduled-call-edit.ts'
import { sendPayment } from './send-payment.ts'
import { sharePhoneNumber } from './share-phone-number.ts'
import { sticker } from './sticker.ts'
import { templateButtonReply } from './template-button-reply.ts'
import { text } from './text.ts'
import { video } from './video.ts'
import { videoNote } from './video-note.ts'
import { viewOnce } from './view-once.ts'
import { voice } from './voice.ts'
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

/** Reads an unwrapped message that came in. What is no type of ours is `unknown`, with WhatsApp's name for it. */
export function readContent(content: proto.IMessage): Said {
	for (const { type, fromContent, textOf } of messageTypes as readonly MessageDefinition[]) {
		const fields = fromContent?.(content)
		if (fields) return { type, ...fields, text: textOf?.(fields) ?? null }
	}
	return { type: 'unknown', kind: kindOf(content) ?? null, text: null }
}

/** The kind of message that an unwrapped one comes in as, if it is one of ours. */
export function typeIn(content: proto.IMessage): MessageDefinition | undefined {
	const definitions: readonly MessageDefinition[] = messageTypes
	return definitions.find(({ fromContent }) => fromContent?.(content))
}
