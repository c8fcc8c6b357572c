import { z } from 'zod'

/**
 * What a side of a move says of it. One that is `arriving` is not whole yet, and one that has `moved` has its state
 * elsewhere: on neither does a gateway start.
 */
export const moveMark = z.object({
	kind: z.enum(['arriving', 'moved']),
	/** The same on both sides of one move. */
	move: z.string(),
	/** Where the other side is. */
	other: z.string(),
})

export type MoveMark = z.output<typeof moveMark>

/** The state is not here, or not to be moved there; the message says what to do. */
export class MoveError extends Error {
	override name = 'MoveError'
}

/** @throws MoveError on a side that a gateway must not use */
export function refuseMarked(place: string, mark: MoveMark | undefined): void {
	if (mark?.kind === 'moved')
		throw new MoveError(
			`The state in ${place} was moved to ${mark.other}: use it there. Nothing was changed.`,
		)
	if (mark)
		throw new MoveError(
			`The state in ${place} is not whole: moving it from ${mark.other} was interrupted. Run that command again. Nothing was changed.`,
		)
}
