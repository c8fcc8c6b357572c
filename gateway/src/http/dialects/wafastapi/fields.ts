import { z } from '@hono/zod-openapi'
import { GatewayError } from '../../../errors.ts'
import { Upload } from '../../../messages/media-source.ts'
import type { FieldNames } from '../names.ts'

/** Whom a message goes to: one of the two. */
export const recipient = {
	number: z
		.string()
		.optional()
		.meta({
			description: 'Phone number with country code; this or `group`',
			examples: ['1234567890'],
		}),
	group: z.string().optional().meta({ description: 'Id of a group, with `@g.us` or without' }),
}

type Recipient = { number?: string | undefined; group?: string | undefined }

/**
 * The recipient in our words, and their name for it.
 * @throws GatewayError invalid_request unless one of the two is given
 */
export function recipientOf({ number, group }: Recipient): { to: string; names: FieldNames } {
	if (number && group) throw invalid('Give `number` or `group`, not both.')
	if (number) return { to: number, names: { to: 'number' } }
	if (!group) throw invalid('`number`: is required, or `group`.')
	return { to: jidOfGroup(group), names: { to: 'group' } }
}

function jidOfGroup(group: string): string {
	const jid = group.includes('@') ? group.trim() : `${group.trim()}@g.us`
	if (/^\d+(-\d+)?@g\.us$/.test(jid)) return jid
	const advice = `\`${group.slice(0, 60)}\` is no group. Give \`group\` as an id that /api/whatsapp/get/groups lists.`
	throw new GatewayError('invalid_recipient', advice, { field: 'group' })
}

function invalid(advice: string) {
	return new GatewayError('invalid_request', advice, { field: 'number' })
}

const yes = ['true', '1']
const no = ['false', '0', '']

/** A boolean in a form, where everything is text: `True`, as Python writes it, as well. */
export const flag = z
	.string()
	.toLowerCase()
	.refine((text) => [...yes, ...no].includes(text), 'must be true or false')
	.transform((text) => yes.includes(text))
	.optional()
	.openapi({ type: 'boolean' })

/** Files of one family, so many at the most. */
export function files(most: number, family: string) {
	return z
		.array(z.instanceof(Upload), { error: 'must be one or more files' })
		.min(1)
		.refine((given) => given.length <= most, `takes ${most} files at the most`)
		.openapi({ type: 'array', items: { type: 'string', format: 'binary' } })
		.meta({ description: `${family}, ${most} at the most` })
}
