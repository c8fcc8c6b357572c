import { z } from '@hono/zod-openapi'
import type { Identity } from '../../../events/identity.ts'
import { chatIdOf } from './chat-id.ts'

export const meSchema = z
	.object({
		id: z.string().meta({ examples: ['11111111111@c.us'] }),
		lid: z.string().optional(),
		jid: z.string(),
		pushName: z.string().nullable(),
	})
	.openapi('WahaMe')

/** The account of a session, as WAHA names it. */
export function meOf(account: Identity | null): z.output<typeof meSchema> | null {
	if (!account) return null
	const { id: jid, lid, name } = account
	return { id: chatIdOf(account), ...(lid && { lid }), jid, pushName: name }
}
