import { z } from '@hono/zod-openapi'
import { GatewayError } from '../../../errors.ts'
import { Upload } from '../../../messages/media-source.ts'
import type { FieldNames } from '../foreign-field-names.ts'

/** The recipient of a message: exactly one of the two. */
export const recipientFields = {
	number: z
		.string()
		.optional()
		.meta({
			description: 'Phone number with country code; either this or `group` is required',
			examples: ['1234567890'],
		}),
	group: z.string().optional().meta({ description: 'Id of a group, with or without `@g.us`' }),
}

type RecipientFields = { number?: string | undefined; group?: string | undefined }

/**
 * Our field `to`, and the name that a request has for it.
 * @throws GatewayError invalid_request unless exactly one of the two is set
 */
export function recipientOf({ number, group }: RecipientFields): { to: string; names: FieldNames } {
	if (number && group) throw recipientError('Set `number` or `group`, not both.')
	if (number) return { to: number, names: { to: 'number' } }
	if (!group) throw recipientError('`number`: is required, or `group`.')
	return { to: jidOfGroup(group), names: { to: 'group' } }
}

function jidOfGroup(group: string): string {
	const jid = group.includes('@') ? group.trim() : `${group.trim()}@g.us`
	if (/^\d+(-\d+)?@g\.us$/.test(jid)) return jid
	const advice = `\`group\`: \`${group.slice(0, 60)}\` is not the id of a group. GET /api/whatsapp/get/groups lists the ids.`
	throw new GatewayError('invalid_recipient', advice, { field: 'group' })
}

function recipientError(advice: string) {
	return new GatewayError('invalid_request', advice, { field: 'number' })
}

const trueTexts = ['true', '1']
const falseTexts = ['false', '0', '']

/** A boolean in a form, where everything is text; Python clients write `True`. */
export const formBoolean = z
	.string()
	.toLowerCase()
	.refine((text) => [...trueTexts, ...falseTexts].includes(text), 'must be true or false')
	.transform((text) => trueTexts.includes(text))
	.optional()
	.openapi({ type: 'boolean' })

/** One to `most` files of a form. @param what names them in the documentation: `Images` */
export function filesField(most: number, what: string) {
	return z
		.array(z.instanceof(Upload), { error: 'must be one or more files' })
		.min(1)
		.refine((given) => given.length <= most, `may have at most ${most} files`)
		.openapi({ type: 'array', items: { type: 'string', format: 'binary' } })
		.meta({ description: `${what}, at most ${most}` })
}
