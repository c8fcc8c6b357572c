import type { BinaryNode, WASocket } from '@whiskeysockets/baileys'
import { SECOND_MS } from '../../lib/units.ts'

/** How long WhatsApp may take to answer a query; below the minute after which Baileys gives up. */
export const QUERY_TIMEOUT_MS = 20 * SECOND_MS

/** They stand in the place of WhatsApp's code in the error of a query without an answer. */
export const NO_ANSWER = -1
export const CONNECTION_LOST = -2

/**
 * Makes every query fail that WhatsApp does not answer in time, those that Baileys makes by itself included. Baileys
 * would go on after a minute as if the answer had been empty: nobody is on WhatsApp, the group has no members. When
 * the connection ends it would wait for that minute as well.
 */
export function failUnansweredQueries({ ws, ev }: WASocket, limitMs = QUERY_TIMEOUT_MS): void {
	const timers = new Map<string, NodeJS.Timeout>()
	const fail = (event: string, code: number) => ws.emit(event, failure(code))
	ws.on('newListener', (event: string) => {
		if (!isAnswer(event)) return
		timers.set(event, setTimeout(fail, limitMs, event, NO_ANSWER).unref())
	})
	ws.on('removeListener', (event: string) => {
		clearTimeout(timers.get(event))
		timers.delete(event)
	})
	ev.on('connection.update', ({ connection }) => {
		if (connection !== 'close') return
		for (const event of [...timers.keys()]) fail(event, CONNECTION_LOST)
	})
}

// Baileys listens for the answer to a query under this name until it is there (socket.js, waitForMessage).
const isAnswer = (event: string | symbol) => String(event).startsWith('TAG:')

const failure = (code: number): BinaryNode => ({
	tag: 'iq',
	attrs: { type: 'error' },
	content: [{ tag: 'error', attrs: { code: String(code) } }],
})
