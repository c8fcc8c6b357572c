import type { MiddlewareHandler } from 'hono'
import { jsonBytesFor, MAX_JSON_BYTES } from '../json/size.ts'
import { limitBody } from '../middleware/body-limits.ts'
import { formOnly, jsonOnly } from '../middleware/content-type.ts'
import { isForm } from '../request/body.ts'
import { isUrlencoded } from '../request/urlencoded.ts'
import type { Dialect } from './dialect.ts'

/** Rejects a body that is larger than its route needs: only `files.at` may carry files. */
export function limitDialectBodies({ files }: Dialect, maxFileBytes: number): MiddlewareHandler {
	const small = limitBody(MAX_JSON_BYTES)
	const large = limitBody(jsonBytesFor(maxFileBytes * (files?.most ?? 1)))
	return async function limitDialectBodies(c, next) {
		const mayBeLarge =
			files?.at.test(c.req.path) && !isUrlencoded(c) && (files.as !== 'either' || isForm(c))
		await (mayBeLarge ? large : small)(c, next)
	}
}

/** Rejects a content type that its route cannot read. */
export function checkDialectContentType({ files, urlencoded }: Dialect): MiddlewareHandler {
	return async function checkDialectContentType(c, next) {
		if (urlencoded && isUrlencoded(c)) return next()
		const as = files?.at.test(c.req.path) ? files.as : 'json'
		if ((as === 'either' || as === 'both') && isForm(c)) return next()
		return (as === 'form' ? formOnly : jsonOnly)(c, next)
	}
}
