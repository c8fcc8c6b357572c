import type { WASocket } from '@whiskeysockets/baileys'
import type { Log } from '../../log.ts'
import type { OutdatedDevice, SignalStore } from '../signal/store.ts'

type Sessions = Pick<SignalStore, 'outdated' | 'upToDate' | 'commit'>

/**
 * Begins new sessions with the devices whose keys have changed, before a message is sent. A new phone cannot read a
 * message that is encrypted for the old one: its owner would see "Waiting for this message". If no session can begin, the
 * phone asks for the message again.
 */
export function createSessionRenewal(log: Pick<Log, 'warn'>) {
	let renewing: Promise<void> | undefined

	async function renewAll(socket: WASocket, sessions: Sessions): Promise<void> {
		const devices = sessions.outdated()
		// All in one query, in which one device without keys is an error of all.
		await begin(socket, devices).catch(() =>
			Promise.all(devices.map((device) => begin(socket, [device]).catch(tell))),
		)
		// WhatsApp may not have got the query: the next connection asks again.
		if (!socket.ws.isOpen) return
		const changes = devices.flatMap(sessions.upToDate)
		if (changes.length) await sessions.commit(changes)
	}

	const tell = (err: unknown) =>
		log.warn({ err }, 'no new session with a contact whose keys have changed')

	return async (socket: WASocket, sessions: Sessions): Promise<void> => {
		if (!sessions.outdated().length) return
		renewing ??= renewAll(socket, sessions).finally(() => (renewing = undefined))
		await renewing
	}
}

const begin = (socket: WASocket, devices: OutdatedDevice[]) =>
	socket.assertSessions(
		devices.map(({ jid }) => jid),
		true,
	)
