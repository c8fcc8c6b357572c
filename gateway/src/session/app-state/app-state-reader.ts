import type { WASocket } from '@whiskeysockets/baileys'
import { createMutex } from '../../lib/keyed-mutex.ts'
import { SECOND_MS } from '../../lib/units.ts'
import type { Network } from '../connection/network.ts'
import type { SessionContext } from '../session-context.ts'
import { fetchChanges, type FetchedChanges } from './fetch-changes.ts'
import type { Collection } from './sync-query.ts'

/** The collections that are read: chats, labels, contacts and settings. */
const READ: readonly Collection[] = [
	'critical_block',
	'critical_unblock_low',
	'regular',
	'regular_low',
	'regular_high',
]

/** A change that could not be read is asked for again after so long, while the connection lasts. */
const RETRY_MS = [5 * SECOND_MS, 60 * SECOND_MS]

export type AppStateReaderOptions = Pick<SessionContext, 'state' | 'socket' | 'log'> & {
	/** How it reaches WhatsApp now. */
	network(): Network
	/** Takes what was read; resolves when it is committed. */
	receive(read: FetchedChanges): Promise<void>
}

/**
 * Reads what the devices of the account share, from where the last reading has ended: at each connection, and when
 * WhatsApp says that something has changed. The version is committed after what was read up to it, so that nothing is
 * lost that WhatsApp tells once.
 */
export function createAppStateReader(options: AppStateReaderOptions) {
	const { state, log, receive } = options
	const inTurn = createMutex()

	async function readOn(socket: WASocket): Promise<void> {
		const { appStateVersions } = await state()
		const since = new Map(READ.map((name) => [name, appStateVersions.of(name)] as const))
		const news = await fetchChanges(socket, since, options.network().socket.options ?? {})
		for (const each of news) await receive(each)
	}

	async function attempt(socket: WASocket, failures: number): Promise<void> {
		const isOver = () => options.socket() !== socket
		if (isOver() || !socket.authState.creds.myAppStateKeyId) return
		try {
			await readOn(socket)
		} catch (err) {
			if (isOver()) return
			log.warn({ err }, 'changes by other devices of the account not read')
			const wait = RETRY_MS[failures]
			if (wait) setTimeout(() => void read(failures + 1), wait).unref()
		}
	}

	/** Nothing waits for it: what fails is read with the next change. */
	function read(failures = 0): Promise<void> {
		return inTurn(async () => {
			const socket = options.socket()
			if (socket) await attempt(socket, failures)
		})
	}

	return { read: () => void read() }
}

export type AppStateReader = ReturnType<typeof createAppStateReader>
