import type { MiddlewareHandler } from 'hono'
import { messageTypes } from '../../messages/index.ts'
import type { MessageDefinition } from '../../messages/define.ts'
import { jsonBytesFor, limitBody, MAX_JSON_BYTES } from '../middleware/body-limits.ts'
import { jsonOnly } from '../middleware/content-type.ts'
import { isForm } from '../request/body.ts'

const typesWithFiles = new Set(
	(messageTypes as readonly MessageDefinition[])
		.filter(({ media }) => media)
		.flatMap(({ type, aliases }) => [type, ...(aliases ?? [])]),
)

/** Rejects a body that is larger than its route needs: only some routes accept files. */
export function limitNativeBodies(maxFileBytes: number): MiddlewareHandler {
	const small = limitBody(MAX_JSON_BYTES)
	const large = limitBody(jsonBytesFor(maxFileBytes))
	return async function limitNativeBodies(c, next) {
		const { path } = c.req
		await (acceptsFiles(path) || isSandboxPhone(path) ? large : small)(c, next)
	}
}

/** Rejects a content type that its route cannot read: JSON everywhere, a form where a file may come. */
export const checkNativeContentType: MiddlewareHandler = async function checkNativeContentType(
	c,
	next,
) {
	if (isForm(c) && acceptsFiles(c.req.path)) return next()
	return jsonOnly(c, next)
}

function acceptsFiles(path: string): boolean {
	const isMessage = path.includes('/messages/')
	return path.endsWith('/media/upload') || (isMessage && typesWithFiles.has(lastSegmentOf(path)))
}

const lastSegmentOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** Where a simulated person writes, with a file or without. */
const isSandboxPhone = (path: string) => /^\/sandbox\/phones\/\d+\/messages$/.test(path)
