import { proto, type BinaryNode } from '@whiskeysockets/baileys'
import {
	getMessageReportingToken,
	shouldIncludeReportingToken,
} from '@whiskeysockets/baileys/lib/Utils/reporting-utils.js'

/**
 * What lets WhatsApp check a message that its recipient reports, if the message has a secret to make it of. Baileys makes
 * it of the padded message: whether there is one, and whether it is right, then depends on the random padding.
 */
export async function reportingToken(
	content: proto.IMessage,
	{ id, address }: { id: string; address: string },
): Promise<BinaryNode[]> {
	if (!content.messageContextInfo?.messageSecret) return []
	if (!shouldIncludeReportingToken(content)) return []
	const key = { id, fromMe: true, remoteJid: address }
	const bytes = Buffer.from(proto.Message.encode(content).finish())
	const node = await getMessageReportingToken(bytes, content, key)
	return node ? [node] : []
}
