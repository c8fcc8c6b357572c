import { randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { proto } from '@whiskeysockets/baileys'

/** Encrypts the settings that an account's devices share. */
export type AppStateKey = { id: Uint8Array; data: Uint8Array }

export const newAppStateKey = (): AppStateKey => ({ id: randomBytes(6), data: randomBytes(32) })

const { Type } = proto.Message.ProtocolMessage
const { INITIAL_BOOTSTRAP } = proto.HistorySync.HistorySyncType

/**
 * What a phone tells a device that was just linked: the key of the shared settings, then the
 * history, here an empty one. Clients wait for both before they call themselves up to date.
 */
export function welcomeMessages({ id, data }: AppStateKey): proto.IMessage[] {
	const keys = [{ keyId: { keyId: id }, keyData: { keyData: data, timestamp: Date.now() } }]
	const history = proto.HistorySync.encode({ syncType: INITIAL_BOOTSTRAP, progress: 100 }).finish()
	return [
		{ protocolMessage: { type: Type.APP_STATE_SYNC_KEY_SHARE, appStateSyncKeyShare: { keys } } },
		{
			protocolMessage: {
				type: Type.HISTORY_SYNC_NOTIFICATION,
				historySyncNotification: {
					syncType: INITIAL_BOOTSTRAP,
					chunkOrder: 1,
					progress: 100,
					initialHistBootstrapInlinePayload: deflateSync(history),
				},
			},
		},
	]
}
