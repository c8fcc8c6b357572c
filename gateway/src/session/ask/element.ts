import { getBinaryNodeChild, type BinaryNode } from '@whiskeysockets/baileys'
import { answerUnreadable } from './whatsapp-errors.ts'

/** A node of WhatsApp's protocol. */
export const element = (
	tag: string,
	attrs: Record<string, string> = {},
	content?: BinaryNode['content'],
): BinaryNode => ({ tag, attrs, ...(content && { content }) })

/**
 * The node in an answer that says "done", found by its tags. Without it we do not know.
 * @throws GatewayError whatsapp_answer_unreadable
 */
export function expected(answer: BinaryNode | undefined, ...path: string[]): BinaryNode {
	const found = path.reduce(getBinaryNodeChild, answer)
	if (!found) throw answerUnreadable(`it has no ${path.join(' > ')}`)
	return found
}
