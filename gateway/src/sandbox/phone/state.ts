import type { Received } from './received.ts'
import { newSignalState, type SignalState } from './signal.ts'
import { newAppStateKey, type AppStateKey } from './companion-sync.ts'

/** A message that this phone has sent; encoded. `at` is Unix time in seconds, `audience` the jids that see a status. */
export type Sent = {
	to: string
	message: Uint8Array
	tries: number
	at?: number
	audience?: string[]
}

/** `at` is Unix time in seconds: when it was set. */
export type Timer = { seconds: number; at: number }

/** A phone's memory: plain data, so that it can be kept in a file. */
export type PhoneState = {
	signal: SignalState
	received: Received[]
	/** By message id. */
	sent: Record<string, Sent>
	appStateKey: AppStateKey
	/** Which devices have our sender key, by group. */
	informed: Record<string, string[]>
	/** Of disappearing messages, by the number of the person in the chat. */
	timers?: Record<string, Timer>
	/** The recipients' jids of this person's broadcast lists, by the list's jid. */
	lists?: Record<string, string[]>
}

export const newPhoneState = (): PhoneState => ({
	signal: newSignalState(),
	received: [],
	sent: {},
	appStateKey: newAppStateKey(),
	informed: {},
})
