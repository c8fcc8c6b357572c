import type { Context } from 'hono'
import { textOf } from '../raw-body.ts'

/** The JSON of a body, of which no more is read than its limit allows; undefined if it is none. */
export async function jsonOf(c: Context): Promise<unknown> {
	const text = await textOf(c)
	try {
		return JSON.parse(text)
	} catch {
		return undefined
	}
}
