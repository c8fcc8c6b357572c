import { proto } from '@whiskeysockets/baileys'
import { historyMessage } from './companion-sync.ts'
import { conversationsOf } from './history.ts'
import type { Inbox } from './inbox.ts'
import type { PhoneContext } from './context.ts'

const { ON_DEMAND } = proto.HistorySync.HistorySyncType

/**
 * A phone's answer to a linked device that asks for messages of a chat from before one that it has.
 * @returns undefined where the request is another one, or the phone does not know that message
 */
export async function historyOnDemand(
	context: PhoneContext,
	inbox: Inbox,
	requestId: string,
	{ protocolMessage }: proto.IMessage,
): Promise<proto.IMessage | undefined> {
	const request =
		protocolMessage?.peerDataOperationRequestMessage?.historySyncOnDemandRequest ?? undefined
	if (!request?.chatJid) return undefined
	const nameOf = (jid: string) => context.whatsapp.directory.account(jid)?.phone ?? jid
	const ofChat = inbox.entries.filter(
		({ chat, message }) => message && nameOf(chat) === nameOf(request.chatJid!),
	)
	const known = ofChat.findIndex(({ id }) => id === request.oldestMsgId)
	if (known < 0) return undefined
	const count = request.onDemandMsgCount ?? 0
	const older = ofChat.slice(Math.max(0, known - count), known)
	const history = { syncType: ON_DEMAND, conversations: conversationsOf(context, older) }
	return historyMessage(history, 0, context.whatsapp.media, requestId)
}
