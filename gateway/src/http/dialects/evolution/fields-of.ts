import type { Context } from 'hono'
import { sendFieldsOf } from './old-shapes.ts'
import { createFieldsOf, webhookFieldsOf } from './webhook-settings.ts'

/** The fields of a request in the one form that the endpoints know, whichever of its forms a client sends. */
export function fieldsOf({ req }: Context, body: unknown): unknown {
	if (req.path.startsWith('/message/')) return sendFieldsOf(body)
	if (req.path.startsWith('/webhook/')) return webhookFieldsOf(body)
	if (req.path.startsWith('/instance/create')) return createFieldsOf(body)
	if (req.path.startsWith('/group/')) return { ...req.query(), ...(body as object) }
	return body
}
