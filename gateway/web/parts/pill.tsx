import type { ComponentChildren } from 'preact'

export type Mood = 'good' | 'warn' | 'bad' | 'quiet'

/** A state, in a word or three. */
export function Pill({ mood, children }: { mood: Mood; children: ComponentChildren }) {
	return <span class={`pill ${mood}`}>{children}</span>
}
