import { setTimeout as pause } from 'node:timers/promises'
import {
	isJidNewsletter,
	isJidStatusBroadcast,
	type proto,
	type WASocket,
} from '@whiskeysockets/baileys'
import { SECOND_MS } from '../../lib/units.ts'
import type { Envelope } from '../../messages/envelope.ts'
import { readContent } from '../../messages/index.ts'
import { unwrap } from '../../messages/wrappers.ts'

/** What the chat shows before a message leaves, and for how long. */
export type Typing = { state: 'composing' | 'recording'; ms: number }

/** 150 words a minute: a person who types fast. */
const CHARACTER_MS = 80
const LEAST_MS = SECOND_MS
/** Nobody wants to wait longer for a long text; a message must not hold up its chat. */
const MOST_MS = 15 * SECOND_MS
/** Phones stop showing it after some ten seconds without news. */
const REPEAT_MS = 5 * SECOND_MS

/** What a request wants to be shown before its message; undefined if nothing, and where nobody could see it. */
export function typingOf(
	{ typing, typing_seconds: seconds }: Pick<Envelope, 'typing' | 'typing_seconds'>,
	chat: string,
	content: proto.IMessage,
): Typing | undefined {
	const isWanted = typing ?? seconds !== undefined
	if (!isWanted || isJidNewsletter(chat) || isJidStatusBroadcast(chat)) return undefined
	const said = unwrap(content).content
	// An audio file that was not recorded in the chat is sent like any other file.
	const note = said.audioMessage?.ptt ? said.audioMessage : said.ptvMessage
	const ms = seconds === undefined ? humanMs(said, note?.seconds) : seconds * SECOND_MS
	return { state: note ? 'recording' : 'composing', ms }
}

/** A voice note takes as long as it lasts, anything else as long as its text takes to type. */
function humanMs(said: proto.IMessage, recordedSeconds: number | null | undefined): number {
	const text = readContent(said).text ?? ''
	const ms = recordedSeconds ? recordedSeconds * SECOND_MS : text.length * CHARACTER_MS
	return Math.min(MOST_MS, Math.max(LEAST_MS, ms))
}

/**
 * Shows it, and waits as long. Never fails: the message is more important.
 * @param isOver whether the connection is gone; then it ends early
 */
export async function typeFirst(
	socket: WASocket,
	to: string,
	{ state, ms }: Typing,
	isOver: () => boolean,
): Promise<void> {
	for (let left = ms; left > 0 && !isOver(); left -= REPEAT_MS) {
		await socket.sendPresenceUpdate(state, to).catch(() => undefined)
		await pause(Math.min(left, REPEAT_MS), undefined, { ref: false })
	}
}
