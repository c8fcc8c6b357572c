import type { MiddlewareHandler } from 'hono'
import { messageTypes } from '../../messages/index.ts'
import type { MessageDefinition } from '../../messages/define.ts'
import { jsonOnly } from './json-only.ts'
import { limitBody } from './body-limit.ts'

/** Enough for everything but files. */
export const MAX_JSON_BYTES = 1024 * 1024

/** Enough for JSON that brings a file: base64 makes four bytes of three. */
export const jsonBytesFor = (fileBytes: number) => Math.ceil((fileBytes * 4) / 3) + MAX_JSON_BYTES

const withFiles = new Set(
	(messageTypes as readonly MessageDefinition[])
		.filter(({ media }) => media)
		.flatMap(({ type, aliases }) => [type, ...(aliases ?? [])]),
)

/** True for the routes whose body may bring a file. */
function takesFiles(path: string): boolean {
	const isMessage = path.includes('/messages/')
	return path.endsWith('/media/upload') || (isMessage && withFiles.has(lastOf(path)))
}

const lastOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** Where a simulated person writes, with a file or without. */
const isPhone = (path: string) => /^\/sandbox\/phones\/\d+\/messages$/.test(path)

/** Refuses bodies that are larger than their route needs. */
export function applyBodyLimits(maxFileBytes: number): MiddlewareHandler {
	const small = limitBody(MAX_JSON_BYTES)
	const large = limitBody(jsonBytesFor(maxFileBytes))
	return async function limitBodies(c, next) {
		const { path } = c.req
		await (takesFiles(path) || isPhone(path) ? large : small)(c, next)
	}
}

/** Refuses bodies that their route cannot read. */
export const knownBodies: MiddlewareHandler = async function knownBodies(c, next) {
	const isForm = /^multipart\/form-data\s*(;|$)/i.test(c.req.header('content-type') ?? '')
	if (isForm && takesFiles(c.req.path)) return next()
	return jsonOnly(c, next)
}
