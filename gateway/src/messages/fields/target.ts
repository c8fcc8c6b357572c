import { z } from '@hono/zod-openapi'
import type { MessageReference } from '../define.ts'

/** The fields that say whose message is meant, for one that the gateway does not remember. */
export const authorship = {
	from_me: z
		.boolean()
		.optional()
		.meta({
			title: 'From Me',
			description:
				'Whether this account sent that message; used only if the gateway has not kept it',
			examples: [false],
		}),
	participant: z
		.string()
		.optional()
		.meta({
			title: 'Author',
			description:
				'Author of that message in a group: phone number or id; used only if the gateway has not kept it',
			examples: ['4915112345678'],
		}),
}

type Authorship = { from_me?: boolean | undefined; participant?: string | undefined }

/** The message that something is done to. @param field the field with its id */
export function targetOf(
	field: string,
	id: string,
	{ from_me: fromMe = false, participant }: Authorship,
): MessageReference[] {
	// Whoever says that it is ours has named its author.
	const author = fromMe ? undefined : { field: 'participant', recipient: participant }
	return [{ field, id, fromMe, author }]
}
