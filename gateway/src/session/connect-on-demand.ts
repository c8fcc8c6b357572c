import { isUp } from '../events/types/session-status.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { SessionRecord } from './session-record.ts'

export type ConnectOnDemandOptions = {
	record(): SessionRecord
	save(change: Partial<SessionRecord>): Promise<void>
	lifecycle: Lifecycle
}

/** Statuses in which a start of the gateway does not connect: only a request to connect does. */
const STAYS_AWAY = ['logged_out', 'replaced', 'blocked']

/** Connects and disconnects a session as its owner asked, and holds it while webhooks are too far behind. */
export function createConnectOnDemand({ record, save, lifecycle }: ConnectOnDemandOptions) {
	let held = false

	/** Connects, and does so after restarts. Waits until the attempt has begun. */
	async function connect() {
		if (!record().wanted) await save({ wanted: true })
		if (!held) await lifecycle.connect()
	}

	/** Connects at the start of the gateway, unless the owner or WhatsApp said to stay away. */
	async function resume() {
		const { wanted, status } = record()
		if (wanted && !STAYS_AWAY.includes(status) && !held) await lifecycle.resume()
	}

	return {
		connect,
		resume,
		/** Says whether it connects when the gateway starts. Waits until that is saved. */
		setWanted: (wanted: boolean) => save({ wanted }),
		/** Disconnects, and stays so over restarts. */
		async disconnect() {
			await save({ wanted: false })
			await lifecycle.callOff()
			lifecycle.become(lifecycle.state.me ? 'closed' : 'created')
		},
		/** Connects anew, by another way for example, if it is connected or tries to. */
		async reconnect() {
			if (!isUp(lifecycle.state.status)) return
			await lifecycle.callOff()
			if (!held) await lifecycle.connect()
		},
		/** Takes nothing more from WhatsApp, which keeps it meanwhile, until `release`. */
		async hold(reason: string, advice: string) {
			held = true
			if (!['open', 'connecting'].includes(lifecycle.state.status)) return
			await lifecycle.callOff()
			lifecycle.become('closed', { code: 503, reason, advice, at: new Date().toISOString() })
		},
		async release() {
			if (!held) return
			held = false
			await resume()
		},
	}
}
