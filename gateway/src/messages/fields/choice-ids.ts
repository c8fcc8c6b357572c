import { z } from '@hono/zod-openapi'

/** Something to choose, as a request has it. */
type Choice = { id?: string | undefined; text: string }

/** The choices of a message, as the answer to a send names them. */
export const choices = z
	.array(z.object({ id: z.string(), text: z.string() }))
	.meta({ description: 'What people can choose, with the ids that their answers have' })

/**
 * Gives each choice without an id one: its text, or if that is taken the text and a number.
 * @example
 * withIds([{ text: 'Yes' }, { id: 'n', text: 'No' }, { text: 'Yes' }]) // ids: 'Yes', 'n', 'Yes 2'
 */
export function withIds(all: readonly Choice[]): z.output<typeof choices> {
	const taken = new Set(all.map(({ id }) => id))
	return all.map(({ id, text }) => {
		const own = id ?? free(text, taken)
		taken.add(own)
		return { id: own, text }
	})
}

function free(text: string, taken: ReadonlySet<string | undefined>): string {
	for (let id = text, number = 2; ; id = `${text} ${number++}`) if (!taken.has(id)) return id
}
