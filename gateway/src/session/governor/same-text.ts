import { createHmac } from 'node:crypto'
import { DAY_MS } from '../../lib/units.ts'
import type { FirstMessage } from '../state/chats.ts'
import { createWindow, type Window } from './window.ts'

/** So many texts are counted before those of yesterday are dropped. */
const SWEEP_FROM = 1_000

/** What stands for a text, which is not kept. Capitals and spaces make no difference. @param secret of the session */
export function textHash(secret: string, text: string | undefined): string | undefined {
	const plain = text?.trim().toLowerCase().replaceAll(/\s+/g, ' ')
	if (!plain) return undefined
	return createHmac('sha256', secret).update(`text ${plain}`).digest('base64url').slice(0, 16)
}

/** Counts to how many new people the same text went within a day. */
export function createSameText(firsts: readonly FirstMessage[]) {
	const counts = new Map<string, Window>()
	for (const first of firsts) note(first)

	function sweep(now: number) {
		for (const [text, window] of counts) if (window.count(now) === 0) counts.delete(text)
	}

	/** @returns to how many people it went */
	function note({ at, text }: FirstMessage): number {
		if (!text) return 0
		if (counts.size >= SWEEP_FROM && !counts.has(text)) sweep(at)
		const window = counts.get(text) ?? createWindow(DAY_MS)
		counts.set(text, window)
		window.add(at)
		return window.count(at)
	}

	return {
		note,
		/** To how many people the text went that went to most. */
		most(now: number): number {
			sweep(now)
			return Math.max(0, ...[...counts.values()].map((window) => window.count(now)))
		},
	}
}
