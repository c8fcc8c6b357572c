import type { Dispatcher } from 'undici'

type Body = Dispatcher.ResponseData['body']

/** The rest of an answer may come for so long: an answer counts from its headers on, whatever becomes of its body. */
const BODY_MS = 500
const BODY_BYTES = 64 * 1024
/** Enough to see why something was refused. */
const BEGINNING_CHARACTERS = 200

/** Lets a body pass in the background, so that its connection can be used again. One that does not end closes it. */
export function drop(body: Body): string {
	body.dump({ limit: BODY_BYTES, signal: AbortSignal.timeout(BODY_MS) }).catch(() => {})
	return ''
}

/** Waits for the end of a body, though not for long. @returns its beginning */
export async function beginningOf(body: Body): Promise<string> {
	const chunks: Buffer[] = []
	let bytes = 0
	const timer = setTimeout(() => body.destroy(), BODY_MS)
	try {
		for await (const chunk of body as AsyncIterable<Buffer>) {
			chunks.push(chunk)
			bytes += chunk.length
			if (bytes > BODY_BYTES) break
		}
	} catch {
		// The body broke off: the received part is its beginning.
	} finally {
		clearTimeout(timer)
	}
	return Buffer.concat(chunks).toString().slice(0, BEGINNING_CHARACTERS)
}
