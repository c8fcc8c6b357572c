import { z } from 'zod'

const LONGEST_MESSAGE = 1_000

/** What a session does by itself. */
export const sessionSettings = z.object({
	calls: z
		.object({
			reject: z
				.boolean()
				.default(false)
				.meta({ title: 'Reject', description: 'Rejects every call that comes in' }),
			groups: z
				.boolean()
				.default(true)
				.meta({ title: 'Groups', description: 'Rejects the calls of groups as well' }),
			message: z
				.string()
				.min(1)
				.max(LONGEST_MESSAGE)
				.optional()
				.meta({
					title: 'Message',
					description: 'A text that the caller gets then, at most once an hour',
					examples: ['Please write to us.'],
				}),
		})
		.prefault({})
		.meta({ title: 'Calls' }),
})

export type SessionSettings = z.output<typeof sessionSettings>
