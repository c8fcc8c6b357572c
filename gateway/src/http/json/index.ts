import type { Context } from 'hono'
import { keyOf } from '../api-keys/caller.ts'
import { malformedJson } from '../errors/malformed-json.ts'
import type { UploadOptions } from '../uploads/index.ts'
import { bytesOf, isDeclared, textOf } from '../raw-body.ts'
import { MAX_JSON_BYTES } from './size.ts'
import { streamJson, type JsonBody } from './stream.ts'
import { checkStructure } from './structure.ts'

/**
 * Reads the JSON body of a request that may contain files in base64.
 * @throws GatewayError invalid_json, payload_too_large, media_too_large or media_unreadable
 */
export async function readJson(c: Context, uploads: UploadOptions): Promise<JsonBody> {
	if (isSmall(c)) return { value: await smallJson(c), dispose: async () => {} }
	return uploads.places.run(keyOf(c), () => streamJson(bytesOf(c), uploads))
}

/**
 * The JSON body of a request that contains no file; undefined if it is empty.
 * @throws GatewayError invalid_json or payload_too_large
 */
export async function smallJson(c: Context): Promise<unknown> {
	const text = await textOf(c)
	if (text === '') return undefined
	checkStructure(text)
	try {
		return JSON.parse(text)
	} catch (cause) {
		throw malformedJson(cause)
	}
}

/** True if the body is in memory already, or may be. */
function isSmall(c: Context): boolean {
	const isShort = isDeclared(c) && Number(c.req.header('content-length')) <= MAX_JSON_BYTES
	return isShort || c.req.bodyCache.text !== undefined
}
