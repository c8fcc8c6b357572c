import type { TestContext } from 'node:test'
import { proto, type WAMessage } from '@whiskeysockets/baileys'
import type { GatewayEvent } from '../../../../../gateway/src/events/index.ts'
import { createReceiver } from '../../../../../gateway/src/session/receive/receiver.ts'
import { mergedSettings } from '../../../../../gateway/src/session/session-settings.ts'
import { openSessionState } from '../../../../../gateway/src/session/state/index.ts'
import { jsonStorage } from '../../../../../gateway/src/storage/json/index.ts'
import { atEnd, temporaryDirectory } from '../../../../support/directories.ts'

const ME = { id: '491700000001@s.whatsapp.net', phone: '491700000001', lid: '1@lid', name: null }
export const ADA = '491700000002@s.whatsapp.net'

const fail = (error: unknown) => {
	throw error
}

/** What reads the messages of a session, with its state on the disk and without a connection. */
export async function openReader(
	t: TestContext,
	mediaUrl = (id: string) => `https://gateway.test/media/${id}`,
) {
	const storage = await jsonStorage(await temporaryDirectory(t), { onLost: fail })
	const state = await openSessionState(storage, 'main', { failed: fail })
	const events: GatewayEvent[] = []
	const receiver = createReceiver({
		state: async () => state,
		current: () => state,
		me: () => ME,
		otherName: () => undefined,
		mediaUrl,
		settings: () => mergedSettings(undefined),
		optionalFeeds: () => ({ raw: true, history: false, outgoing: false }),
		publish: (event) => void events.push(event),
		arrived: async () => undefined,
		failed: fail,
		malformed: fail,
	})
	atEnd(t, async () => {
		await receiver.close()
		await state.close()
		await storage.close()
	})
	return {
		/** Reads a message from Ada, and does not wait until it is durable. */
		async reads(id: string, message: proto.IMessage): Promise<void> {
			const key = { remoteJid: ADA, fromMe: false, id }
			const given = { key, message, messageTimestamp: 1_795_255_200, pushName: 'Ada' } as WAMessage
			const pending = (await receiver.interpret(given))?.()
			if (pending) state.commit(pending.changes).then(pending.onDurable, fail)
		},
		/** The events of all messages so far, by the ids of those, in their order. */
		async told(): Promise<[id: string, event: GatewayEvent][]> {
			await state.durable()
			return events.splice(0).map((event) => [String(event.raw!.key['id']), event])
		},
	}
}
