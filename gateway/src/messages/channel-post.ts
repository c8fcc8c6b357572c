import type { proto } from '@whiskeysockets/baileys'
import { enumName } from './protobuf-numbers.ts'

// ContextInfo.ForwardedNewsletterMessageInfo.ContentType
export const contentTypes = { update: 1, update_card: 2, link_card: 3 } as const

export type ChannelPost = proto.ContextInfo.IForwardedNewsletterMessageInfo

/** Which post of which channel a message was forwarded from. */
export function readChannelPost(post: ChannelPost) {
	return {
		newsletter_jid: post.newsletterJid ?? '',
		server_message_id: post.serverMessageId || undefined,
		newsletter_name: post.newsletterName || undefined,
		content_type: enumName(contentTypes, post.contentType),
		accessibility_text: post.accessibilityText || undefined,
	}
}
