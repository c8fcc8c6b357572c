/** Milliseconds since 1970 with fractions: the same clock in every process of this machine. */
export const preciseNow = (): number => performance.timeOrigin + performance.now()

const MARK = 'written at '

/** A text that says when it was written. */
export const datedText = (): string => `${MARK}${preciseNow()}`

/** How long ago such a text was written, in milliseconds; undefined for any other text. */
export function ageOf(text: string | null | undefined): number | undefined {
	return text?.startsWith(MARK) ? preciseNow() - Number(text.slice(MARK.length)) : undefined
}

/** What both contenders send: the same bytes for the same number. */
export const textNumber = (index: number): string => `Message number ${index} of a benchmark`
