import { proto } from '@whiskeysockets/baileys'
import { contentOf } from './content.ts'
import { messageInfo } from './history.ts'
import type { Inbox } from './inbox.ts'
import type { Received } from './received.ts'

const { Type } = proto.Message.ProtocolMessage

/**
 * A phone's answer to a linked device that asks for messages which it got without content.
 * @returns undefined where the request is another one, or the phone has none of them to give
 */
export function placeholderResend(
	inbox: Inbox,
	requestId: string,
	{ protocolMessage }: proto.IMessage,
): proto.IMessage | undefined {
	const request = protocolMessage?.peerDataOperationRequestMessage
	const wanted = request?.placeholderMessageResendRequest?.map(({ messageKey }) => messageKey?.id)
	const found = inbox.entries.filter((entry) => wanted?.includes(entry.id) && mayBeGiven(entry))
	if (!found.length) return undefined
	return {
		protocolMessage: {
			type: Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
			peerDataOperationRequestResponseMessage: {
				peerDataOperationRequestType: request!.peerDataOperationRequestType,
				stanzaId: requestId,
				peerDataOperationResult: found.map((entry) => ({
					placeholderMessageResendResponse: { webMessageInfoBytes: encoded(entry) },
				})),
			},
		},
	}
}

const encoded = (entry: Received) => proto.WebMessageInfo.encode(messageInfo(entry)).finish()

/** What may be viewed only once stays on the phone. */
function mayBeGiven({ message }: Received): boolean {
	if (!message) return false
	const { viewOnceMessage, viewOnceMessageV2, viewOnceMessageV2Extension } = message
	if (viewOnceMessage || viewOnceMessageV2 || viewOnceMessageV2Extension) return false
	const { imageMessage, videoMessage, audioMessage } = contentOf(message)
	return ![imageMessage, videoMessage, audioMessage].some((file) => file?.viewOnce)
}
