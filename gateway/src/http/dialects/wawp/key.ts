import type { Context } from 'hono'
import { jsonOnly } from '../../middleware/json-only.ts'
import { bearerIn, bearerScheme, type KeyLocation } from '../../middleware/key-location.ts'
import { isForm } from '../../request/body.ts'
import { bodyOf } from '../read.ts'

const none = async () => {}

/** `access_token` in the JSON body, else in the address, else a header: the part of a form is too late. */
export const key: KeyLocation = {
	async read(c) {
		const elsewhere = c.req.query('access_token') ?? bearerIn(c) ?? c.req.header('access-token')
		if (isForm(c)) return elsewhere
		const found = (await inBody(c)) ?? elsewhere
		// Who wrote the key into a body that nobody can read learns that first.
		if (!found) {
			await jsonOnly(c, none)
			await bodyOf(c, undefined)
		}
		return found
	},
	advice:
		'Send it as `access_token` in the JSON body or in the address, or as `Authorization: Bearer KEY`.',
	schemes: {
		wawp: { type: 'apiKey', in: 'query', name: 'access_token' },
		wawpBearer: bearerScheme,
		wawpHeader: { type: 'apiKey', in: 'header', name: 'access-token' },
	},
}

async function inBody(c: Context): Promise<string | undefined> {
	if (!/json/i.test(c.req.header('content-type') ?? '')) return undefined
	const body: unknown = await c.req.json().catch(() => undefined)
	const given = (body as { access_token?: unknown } | null | undefined)?.access_token
	return typeof given === 'string' ? given : undefined
}
