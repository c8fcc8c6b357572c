import { randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { proto } from '@whiskeysockets/baileys'

/** Encrypts the settings that an account's devices share. */
export type AppStateKey = { id: Uint8Array; data: Uint8Array }

export const newAppStateKey = (): AppStateKey => ({ id: randomBytes(6), data: randomBytes(32) })

const { Type } = proto.Message.ProtocolMessage

/**
 * The messages of a phone to a newly linked device: the key of the shared settings, then the
 * history. Clients wait for both before they call themselves up to date.
 */
export function companionSyncMessages(
	{ id, data }: AppStateKey,
	history: proto.IHistorySync[],
): proto.IMessage[] {
	const keys = [{ keyId: { keyId: id }, keyData: { keyData: data, timestamp: Date.now() } }]
	return [
		{ protocolMessage: { type: Type.APP_STATE_SYNC_KEY_SHARE, appStateSyncKeyShare: { keys } } },
		...history.map((part, index) => historyMessage(part, index)),
	]
}

/** @param requestId of the request of a linked device that it answers */
export function historyMessage(
	history: proto.IHistorySync,
	index: number,
	requestId?: string,
): proto.IMessage {
	const { syncType, progress } = history
	const bytes = proto.HistorySync.encode(history as proto.HistorySync).finish()
	return {
		protocolMessage: {
			type: Type.HISTORY_SYNC_NOTIFICATION,
			historySyncNotification: {
				syncType: syncType as never,
				chunkOrder: index + 1,
				progress,
				initialHistBootstrapInlinePayload: deflateSync(bytes),
				...(requestId && { peerDataRequestSessionId: requestId }),
			},
		},
	}
}
