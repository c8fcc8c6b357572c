import type { proto } from '@whiskeysockets/baileys'
import type { Content } from '../bubble.ts'

type Field = Exclude<keyof proto.IMessage, 'messageContextInfo' | 'senderKeyDistributionMessage'>

/** What makes the content of a bubble out of a field of a message; undefined where it is none. */
export type Readers = {
	[F in Field]?: (said: NonNullable<proto.IMessage[F]>) => Content | undefined
}

/** A text, or undefined for '' and null: bubbles leave out what is empty. */
export const some = (text: string | null | undefined): string | undefined => text || undefined

/** @returns undefined for what is missing or 0, as the proto cannot tell them apart */
export const count = (value: unknown): number | undefined => Number(value ?? 0) || undefined

/** An amount in thousandths, as people write it. */
export function money(amount1000: unknown, currency: string | null | undefined) {
	const amount = count(amount1000)
	return amount === undefined ? undefined : `${(amount / 1000).toFixed(2)} ${currency ?? ''}`.trim()
}
