import type { proto } from '@whiskeysockets/baileys'

/** A message as it arrived on a phone. */
export type Received = {
	id: string
	/** The chat it stands in, and the device that sent it: jids, as they were on the wire. */
	chat: string
	from: string
	/** True for messages that this account sent from a linked device. */
	fromMe: boolean
	/** Unix time in seconds. */
	timestamp: number
	/** Null if the phone could not decrypt it; then `error` says why. */
	message: proto.IMessage | null
	error?: string
	/** Why the phone does not follow this edit or deletion. */
	refused?: string
	/** What a sealed edit, reaction or comment says. */
	opened?: proto.IMessage
	/** How often it was delivered: a person sees it once all the same. */
	copies: number
	/** Counts up in the order of arrival, with gaps: what the phone sends is counted as well. */
	seq: number
} & Arrival &
	Partial<Answer>

/** A text, or a condition. */
export type Expected = string | ((received: Received) => boolean)

export const responses = ['going', 'not_going', 'maybe'] as const

export type EventResponse = (typeof responses)[number]

/** The decrypted answer to a poll or an event. */
export type Answer = {
	vote: { poll: string; options: string[] }
	response: { event: string; response: string }
}

/** A file that has arrived on a phone and was opened. */
export type ReceivedMedia = { mimetype: string; size: number; sha256: string }

/** The file of a message: its facts, or the reason why the phone could not download it. */
export type Arrival = { media?: ReceivedMedia; mediaError?: string }
