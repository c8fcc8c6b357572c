import type { proto, WAMessage } from '@whiskeysockets/baileys'
import { readAssociation, type Association } from '../../../messages/facts/association.ts'
import { fileOf, withFileFrom } from '../../../messages/media-node.ts'
import { unwrap } from '../../../messages/wrappers.ts'

/**
 * Kinds of messages that are a second file of another one, and whether that is the better one: an image or video in
 * HD is; the film of a motion photo and a video in another encoding are not what everybody can show.
 */
const secondFiles = new Map<Association['kind'], { better: boolean }>([
	['hd_image', { better: true }],
	['hd_video', { better: true }],
	['hevc_video', { better: false }],
	['motion_photo', { better: false }],
])

/** The message that an unwrapped one is a second file of. */
export function firstOf(content: proto.IMessage): Association | undefined {
	const association = readAssociation(content)
	return association && secondFiles.has(association.kind) && fileOf(content)
		? association
		: undefined
}

/** The first message with the better one of its two files. */
export function withBetterFile(first: proto.IMessage, second: proto.IMessage): proto.IMessage {
	const { content } = unwrap(second)
	const isBetter = secondFiles.get(firstOf(content)?.kind)?.better
	return isBetter ? withFileFrom(first, second) : first
}

/** The messages of a chat without the second files among them; where those are better, the first messages have them. */
export function withoutSecondFiles(messages: WAMessage[]): WAMessage[] {
	const byId = new Map(messages.map((message) => [message.key.id, message]))
	return messages.filter(({ key, message }) => {
		const first = byId.get(firstOf(unwrap(message!).content)?.message_id)
		if (!first || first.key.fromMe !== key.fromMe || first.key.participant !== key.participant)
			return true
		first.message = withBetterFile(first.message!, message!)
		return false
	})
}
