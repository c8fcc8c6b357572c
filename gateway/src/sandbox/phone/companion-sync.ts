import { createHash, randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { deflateSync } from 'node:zlib'
import { proto } from '@whiskeysockets/baileys'
import type { MediaHost } from '../server/media-host.ts'
import { sealMedia } from '../wire/media-cipher.ts'

/** Encrypts the settings that an account's devices share. */
export type AppStateKey = { id: Uint8Array; data: Uint8Array }

export const newAppStateKey = (): AppStateKey => ({ id: randomBytes(6), data: randomBytes(32) })

const { Type } = proto.Message.ProtocolMessage

/** A history that is larger, compressed, is a file. */
const MOST_INLINE_BYTES = 64 * 1024

/**
 * The messages of a phone to a newly linked device: the key of the shared settings, then the
 * history. Clients wait for both before they call themselves up to date.
 */
export async function companionSyncMessages(
	{ id, data }: AppStateKey,
	history: proto.IHistorySync[],
	host: MediaHost,
): Promise<proto.IMessage[]> {
	const keys = [{ keyId: { keyId: id }, keyData: { keyData: data, timestamp: Date.now() } }]
	const parts = history.map((part, index) => historyMessage(part, index, host))
	return [
		{ protocolMessage: { type: Type.APP_STATE_SYNC_KEY_SHARE, appStateSyncKeyShare: { keys } } },
		...(await Promise.all(parts)),
	]
}

/** @param requestId of the request of a linked device that it answers */
export async function historyMessage(
	history: proto.IHistorySync,
	index: number,
	host: MediaHost,
	requestId?: string,
): Promise<proto.IMessage> {
	const { syncType, progress } = history
	const bytes = proto.HistorySync.encode(history as proto.HistorySync).finish()
	return {
		protocolMessage: {
			type: Type.HISTORY_SYNC_NOTIFICATION,
			historySyncNotification: {
				syncType: syncType as never,
				chunkOrder: index + 1,
				progress,
				...(await placeOf(deflateSync(bytes), host)),
				...(requestId && { peerDataRequestSessionId: requestId }),
			},
		},
	}
}

/** Where the device finds it: in the message, or in a file at the media host. */
async function placeOf(
	history: Buffer,
	host: MediaHost,
): Promise<proto.Message.IHistorySyncNotification> {
	if (history.length <= MOST_INLINE_BYTES) return { initialHistBootstrapInlinePayload: history }
	const mediaKey = randomBytes(32)
	const encrypted = await buffer(Readable.from(sealMedia([history], mediaKey, 'History')))
	return {
		mediaKey,
		directPath: host.keepHistory(encrypted),
		fileLength: history.length,
		fileSha256: sha256Of(history),
		fileEncSha256: sha256Of(encrypted),
	}
}

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
