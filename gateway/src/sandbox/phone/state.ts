import type { BinaryNode } from '../wire/node.ts'
import type { Received } from './received.ts'
import { newSignalState, type SignalState } from './signal.ts'
import { newAppStateKey, type AppStateKey } from './companion-sync.ts'

/**
 * A message that this phone has sent; encoded. `at` is Unix time in seconds, `audience` the jids that see a status, `seq` its
 * place among all messages.
 */
export type Sent = {
	to: string
	message: Uint8Array
	tries: number
	at?: number
	audience?: string[]
	seq?: number
}

/** `at` is Unix time in seconds: when it was set. */
export type Timer = { seconds: number; at: number }

/** How far a message of this account got, and with whom. */
export type Progress = {
	/** The server has it. */
	acked?: true
	/** The server's code, where it refused the message. */
	refusal?: number
	/** By the jid of the person. */
	people: Record<string, 'delivered' | 'read' | 'played'>
}

/**
 * What a group was told, by the tag of the notification, or what became of a call. `at` is Unix time in seconds.
 */
export type ChatNotice = {
	id: string
	seq: number
	chat: string
	at: number
	change: string
	by?: string
	people?: string[]
	text?: string
	seconds?: number
}

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
	/** The last place that was given to a message or notice. */
	seq?: number
	notices?: ChatNotice[]
	/** By message id. */
	progress?: Record<string, Progress>
	/** Up to which place each chat was read. */
	read?: Record<string, number>
	/** What waits for the phone to be online again. */
	waiting?: BinaryNode[]
}

export const newPhoneState = (): PhoneState => ({
	signal: newSignalState(),
	received: [],
	sent: {},
	appStateKey: newAppStateKey(),
	informed: {},
})

/** The place of the next message or notice. */
export function nextSeq(state: PhoneState): number {
	state.seq = (state.seq ?? state.received.at(-1)?.seq ?? 0) + 1
	return state.seq
}

/** Adds a line to a chat. */
export function addNotice(state: PhoneState, notice: Omit<ChatNotice, 'seq'>): void {
	;(state.notices ??= []).push({ ...notice, seq: nextSeq(state) })
}
