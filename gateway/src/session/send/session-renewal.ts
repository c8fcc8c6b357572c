import type { WASocket } from '@whiskeysockets/baileys'
import type { Log } from '../../log.ts'
import type { SignalStore } from '../signal/store.ts'

type Sessions = Pick<SignalStore, 'outdated' | 'upToDate' | 'commit'>

/**
 * Begins new sessions with the devices whose keys have changed, before anything is sent: a phone that is new could not
 * read what is encrypted for the old one, and its owner would see "Waiting for this message". Where none can be had, the
 * phone asks for the message again.
 */
export function createSessionRenewal(log: Pick<Log, 'warn'>) {
	let renewing: Promise<void> | undefined

	async function renewAll(socket: WASocket, sessions: Sessions) {
		for (const device of sessions.outdated()) {
			await socket.assertSessions([device.jid], true).catch((err: unknown) => {
				log.warn({ err }, 'no new session with a contact whose keys have changed')
			})
			// Nobody was asked: the next connection asks.
			if (!socket.ws.isOpen) return
			await sessions.commit(sessions.upToDate(device))
		}
	}

	return async (socket: WASocket, sessions: Sessions): Promise<void> => {
		if (!sessions.outdated().length) return
		renewing ??= renewAll(socket, sessions).finally(() => (renewing = undefined))
		await renewing
	}
}
