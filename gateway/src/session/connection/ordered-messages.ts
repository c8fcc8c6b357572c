import type { BinaryNode, WASocket } from '@whiskeysockets/baileys'
import { createMutex } from '../../lib/keyed-mutex.ts'

type Handler = (stanza: BinaryNode) => unknown

/** Steps for a message besides its handling. */
export type Arrival = {
	/** Called when its turn is near. */
	ahead?: () => void
	/** Called and waited for when it is its turn. */
	before?: () => Promise<void>
}

export type OrderOptions = {
	/** Called with each message as it arrives. */
	comes(stanza: BinaryNode): Arrival
	/** Whether the connection has ended: messages that wait then come again on the next one. */
	isOver(): boolean
	/** Resolves to whether a message is dealt with, and nothing for Baileys; after an error it is for Baileys. */
	receive: ((stanza: BinaryNode) => Promise<boolean>) | undefined
}

/** Enough for a database that is some milliseconds away; the whole queue would take much memory. */
const NEAR = 64

/**
 * Lets Baileys handle messages one after the other, as they came. By itself it keeps an order only from the
 * decryption on: before that it keeps who the sender is, and then the next messages of somebody new
 * overtake the first one.
 */
export function handleMessagesInOrder(
	ws: WASocket['ws'],
	{ comes, isOver, receive }: OrderOptions,
): void {
	const handlers = ws.listeners('CB:message') as Handler[]
	const inTurn = createMutex()
	const turns = announceTurns(NEAR)
	ws.removeAllListeners('CB:message')
	ws.on('CB:message', (stanza: BinaryNode) => {
		stayInLine(stanza)
		const { ahead, before } = comes(stanza)
		turns.wait(ahead)
		// A failure here means that the connection has closed: WhatsApp sends the message again.
		inTurn(async () => {
			turns.begin()
			await before?.()
			if (isOver()) return
			if (await receive?.(stanza).catch(() => false)) return
			if (isOver()) return
			await Promise.all(handlers.map((handle) => handle(stanza)))
		}).catch(() => {})
	})
}

/**
 * Baileys puts what was sent while we were away into a slower line, and handles live messages past it
 * (offline-node-processor.js). That breaks the order of a chat, and what is overtaken by five turns of the
 * conversation cannot be decrypted any more. Without its mark a message waits in the one line.
 */
function stayInLine({ attrs }: BinaryNode) {
	delete attrs.offline
}

/** Calls each message of a line when its turn is near: fewer than `near` others are before it. It calls several at once. */
function announceTurns(near: number) {
	let untold: ((() => void) | undefined)[] = []
	/** How many were told whose turn has not come. */
	let told = 0

	function tell() {
		if (told > near / 2) return
		const next = untold.slice(0, near - told)
		untold = untold.slice(next.length)
		told += next.length
		for (const announce of next) announce?.()
	}

	return {
		wait(announce: (() => void) | undefined) {
			untold.push(announce)
			tell()
		},
		begin() {
			told--
			tell()
		},
	}
}
