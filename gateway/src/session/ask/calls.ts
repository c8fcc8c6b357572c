import { getBinaryNodeChild, type BinaryNode, type WASocket } from '@whiskeysockets/baileys'
import { askWhatsApp } from './ask-whatsapp.ts'
import { answerUnreadable, refusedWith } from './whatsapp-errors.ts'

export type CallMedia = 'audio' | 'video'

/**
 * Rejects a call.
 * @param caller exactly as the offer named them
 * @throws GatewayError those of `askWhatsApp`
 */
export async function refuseCall(socket: WASocket, id: string, caller: string): Promise<void> {
	const reject = { 'call-id': id, 'call-creator': caller, count: '0' }
	await askAboutCall(
		socket,
		{ from: socket.user!.id, to: caller },
		{ tag: 'reject', attrs: reject },
	)
}

/**
 * Makes a link with which people join a call.
 * @param startTime of a planned call, Unix time in seconds
 * @returns the last part of the link
 * @throws GatewayError those of `askWhatsApp`
 */
export async function createCallLink(
	socket: WASocket,
	media: CallMedia,
	startTime?: number,
): Promise<string> {
	const event = startTime && { tag: 'event', attrs: { start_time: String(startTime) } }
	const answer = await askAboutCall(
		socket,
		{ to: '@call' },
		{ tag: 'link_create', attrs: { media }, ...(event && { content: [event] }) },
	)
	const token = getBinaryNodeChild(answer, 'link_create')?.attrs.token
	if (!token) throw answerUnreadable('it has no link')
	return token
}

/** WhatsApp answers with an acknowledgement, which names a refusal in an attribute: Baileys does not look there. */
async function askAboutCall(
	socket: WASocket,
	attrs: BinaryNode['attrs'],
	content: BinaryNode,
): Promise<BinaryNode> {
	const id = socket.generateMessageTag()
	const answer: BinaryNode = await askWhatsApp(() =>
		socket.query({ tag: 'call', attrs: { ...attrs, id }, content: [content] }),
	)
	if (answer.attrs.error) throw refusedWith(Number(answer.attrs.error), '')
	return answer
}
