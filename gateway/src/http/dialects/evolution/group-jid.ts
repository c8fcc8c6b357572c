import { z } from '@hono/zod-openapi'
import { Refused } from './errors.ts'

/** The group of a request: in its query or its body, with `@g.us` or without. */
export const groupFields = {
	groupJid: z
		.string()
		.optional()
		.meta({
			description: 'Id of the group, also in the query',
			examples: ['120363000000000000@g.us'],
		}),
}

/** @throws Refused without an id of a group */
export function groupJidOf({ groupJid = '' }: { groupJid?: string | undefined }): string {
	const jid = groupJid.includes('@') ? groupJid : `${groupJid}@g.us`
	if (/^[\d-]+@g\.us$/.test(jid)) return jid
	throw new Refused([
		'The group id needs to be informed in the query',
		'ex: "groupJid=120363000000000000@g.us"',
	])
}
