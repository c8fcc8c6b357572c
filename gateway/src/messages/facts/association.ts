import type { proto } from '@whiskeysockets/baileys'
import { nameAt } from '../protobuf-numbers.ts'
import { textOrNone } from './present.ts'

// In the order of MessageAssociation.AssociationType.
export const associations = [
	undefined,
	'album',
	'bot_plugin',
	'event_cover_image',
	'status_poll',
	'hd_video',
	'status_external_reshare',
	'poll_media',
	'status_add_yours',
	'status_notification',
	'hd_image',
	'sticker_annotation',
	'motion_photo',
	'status_link_action',
	'view_all_replies',
	'status_add_yours_ai_imagine',
	'status_question',
	'status_add_yours_diwali',
	'status_reaction',
	'hevc_video',
] as const

export type Association = {
	/** The id of the message that this one belongs to. */
	message_id: string
	kind: Exclude<(typeof associations)[number], undefined> | undefined
	index: number | undefined
}

/** The message that an unwrapped one belongs to, as an image does to its album. */
export function readAssociation({ messageContextInfo }: proto.IMessage): Association | undefined {
	const { associationType, parentMessageKey, messageIndex } =
		messageContextInfo?.messageAssociation ?? {}
	const message_id = textOrNone(parentMessageKey?.id)
	const kind = nameAt(associations, associationType)
	return message_id ? { message_id, kind, index: messageIndex ?? undefined } : undefined
}
