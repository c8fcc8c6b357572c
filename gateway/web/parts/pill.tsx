import type { ComponentChildren } from 'preact'
import type { Mood } from '../data/words.ts'

/** A state, in a word or three. */
export function Pill({ mood, children }: { mood: Mood; children: ComponentChildren }) {
	return <span class={`pill ${mood}`}>{children}</span>
}
