import type { Context } from 'hono'
import { smallJson } from '../../json/index.ts'
import { jsonOnly } from '../../middleware/content-type.ts'
import { bearerIn, bearerScheme, type KeyLocation } from '../../middleware/key-location.ts'
import { isForm } from '../../request/body.ts'

const doNothing = async () => {}

/**
 * `access_token` in the JSON body, else in the query, else a header. Not in a form: its parts are read after the key is
 * checked.
 */
export const key: KeyLocation = {
	async read(c) {
		const outsideBody = c.req.query('access_token') ?? bearerIn(c) ?? c.req.header('access-token')
		if (isForm(c)) return outsideBody
		const found = (await inBody(c)) ?? outsideBody
		// A key in a body that cannot be read: that is the error to report.
		if (!found) {
			await jsonOnly(c, doNothing)
			await smallJson(c)
		}
		return found
	},
	advice:
		'Send it as `access_token` in the JSON body or in the query, or as `Authorization: Bearer KEY`.',
	schemes: {
		wawp: { type: 'apiKey', in: 'query', name: 'access_token' },
		wawpBearer: bearerScheme,
		wawpHeader: { type: 'apiKey', in: 'header', name: 'access-token' },
	},
}

async function inBody(c: Context): Promise<string | undefined> {
	if (!/json/i.test(c.req.header('content-type') ?? '')) return undefined
	const body: unknown = await smallJson(c).catch(() => undefined)
	const given = (body as { access_token?: unknown } | null | undefined)?.access_token
	return typeof given === 'string' ? given : undefined
}
