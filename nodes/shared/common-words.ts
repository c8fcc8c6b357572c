import type { IDataObject } from 'n8n-workflow'

/** `timestamp`, `started_at`, `muted_until`, `last_seen`: the gateway has Unix seconds in all of them. */
const TIME = /(^|_)(timestamp|at|until|seen)$/

/** Every time in ISO 8601, at any depth. What is no moment stays: `-1` for ever, a text. `raw` is WhatsApp's own. */
export function withIsoTimes(fields: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [
			name,
			name === 'raw' ? value : iso(name, value),
		]),
	) as IDataObject
}

function iso(name: string, value: unknown): unknown {
	if (Array.isArray(value)) return value.map((entry) => iso('', entry))
	if (typeof value === 'object' && value !== null) return withIsoTimes(value as IDataObject)
	const isMoment = typeof value === 'number' && value > 0 && TIME.test(name)
	return isMoment ? new Date(value * 1000).toISOString() : value
}

/** What the API calls the chat that an answer is about. */
const NAMES = ['chat_id', 'jid', 'to', 'id']

const isJid = (value: unknown): value is string =>
	typeof value === 'string' && /^[^@\s]+@[a-z.]+$/.test(value)

/** An answer of the gateway in the words that items of the trigger have: ISO times, and the chat's id as `chat_id`. */
export function inCommonWords(answer: IDataObject): IDataObject {
	const chat = NAMES.map((name) => answer[name]).find(isJid)
	return { ...withIsoTimes(answer), ...(chat !== undefined && { chat_id: chat }) }
}
