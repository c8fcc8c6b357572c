import type { Log } from '../log.ts'
import { DamagedError, type Storage } from '../storage/driver.ts'
import { stateOf } from './state/index.ts'
import { restorationMark } from './state/restoration.ts'

/** Has every session begin anew when it opens its state next. @returns how many sessions there are */
export async function markRestored(storage: Storage, log: Log): Promise<number> {
	const sessions = await storage.documentsIn('sessions')
	for (const session of sessions) await markSession(storage, session, log)
	return sessions.length
}

/** One that is damaged, or has no state, is told at the start of the gateway. */
async function markSession(storage: Storage, session: string, log: Log): Promise<void> {
	try {
		const state = await storage.state(stateOf(session), refuseAbsent)
		await state.commit([restorationMark('restored')])
		await state.close()
	} catch (err) {
		if (!(err instanceof DamagedError)) throw err
		log.warn({ err, session }, 'session not usable')
	}
}

function refuseAbsent(): never {
	throw new DamagedError('it has no state')
}
