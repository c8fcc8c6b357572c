import type { Context, MiddlewareHandler, Next } from 'hono'
import { messageTypes } from '../../messages/index.ts'
import type { MessageDefinition } from '../../messages/define.ts'
import { jsonBytesFor, MAX_JSON_BYTES } from '../json/size.ts'
import { limitBody } from '../middleware/body-limits.ts'
import { checkStructure } from '../json/structure.ts'
import { hasBody, jsonOnly } from '../middleware/content-type.ts'
import { isForm } from '../request/body.ts'
import { textOf } from '../raw-body.ts'
import { waysTo } from './mount-routes.ts'
import { routes } from './routes/index.ts'

const typesWithFiles = new Set(
	(messageTypes as readonly MessageDefinition[])
		.filter(({ media }) => media)
		.flatMap(({ type, aliases }) => [type, ...(aliases ?? [])]),
)

const routesWithFiles = routes
	.filter(({ files }) => files)
	.flatMap(waysTo)
	.map(({ path }) => new RegExp(`${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`))

/** Rejects a body that is larger than its route needs: only some routes accept files. */
export function limitNativeBodies(maxFileBytes: number): MiddlewareHandler {
	const small = limitBody(MAX_JSON_BYTES)
	const large = limitBody(jsonBytesFor(maxFileBytes))
	const simulated = limitBody(jsonBytesFor(Math.min(maxFileBytes, MAX_SIMULATED_FILE_BYTES)))
	return async function limitNativeBodies(c, next) {
		const { path } = c.req
		const limit = acceptsFiles(path) ? large : isSandboxPhone(path) ? simulated : small
		await limit(c, next)
	}
}

/** Rejects a content type that its route cannot read: JSON everywhere, a form where a file may come. */
export const checkNativeContentType: MiddlewareHandler = async function checkNativeContentType(
	c,
	next,
) {
	// The sandbox reads its forms itself.
	if (isSandboxPhone(c.req.path) && isForm(c)) return next()
	if (!acceptsFiles(c.req.path)) return jsonOnly(c, () => countJson(c, next))
	// The reader of the files counts the JSON around them.
	return isForm(c) ? next() : jsonOnly(c, next)
}

/** Rejects JSON that is too deep or has too many values, before anything parses it. */
async function countJson(c: Context, next: Next) {
	if (hasBody(c)) checkStructure(await textOf(c))
	await next()
}

function acceptsFiles(path: string): boolean {
	const isMessage = path.includes('/messages/')
	return (
		path.endsWith('/media/upload') ||
		(isMessage && typesWithFiles.has(lastSegmentOf(path))) ||
		routesWithFiles.some((route) => route.test(path))
	)
}

const lastSegmentOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** A message of a simulated person is in memory as a whole. */
const MAX_SIMULATED_FILE_BYTES = 16 * 1024 * 1024

/** Where a simulated person writes, with a file or without. */
const isSandboxPhone = (path: string) => /\/sandbox\/phones\/\d+\/messages$/.test(path)
