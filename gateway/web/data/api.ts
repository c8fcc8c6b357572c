/** What the gateway says instead of doing what was asked: a problem of RFC 9457. `message` is for people. */
export class Problem extends Error {
	override name = 'Problem'
	readonly status: number
	readonly code: string
	/** The field that is at fault. */
	readonly field: string | undefined
	/** Why a pairing link can no longer be used. */
	readonly ending: string | undefined

	constructor(status: number, { detail, title, code = '', field, ending }: ProblemBody) {
		super(detail ?? title ?? `The gateway answered ${status}.`)
		this.status = status
		this.code = code
		this.field = field
		this.ending = ending
	}
}

type ProblemBody = {
	detail?: string
	title?: string
	code?: string
	field?: string
	ending?: string
}

/** The page of a pairing link has a door of its own. */
const BASE = location.pathname.startsWith('/link') ? '/link' : '/console/api'

const signedOutListeners = new Set<() => void>()

/** Calls when the gateway no longer knows the ticket of this page. @returns a function that stops it */
export function onSignedOut(listener: () => void): () => void {
	signedOutListeners.add(listener)
	return () => void signedOutListeners.delete(listener)
}

/**
 * Asks the gateway. Objects become JSON; a FormData goes as it is.
 * @param path below `/console/api`: `/sessions/main/qr`; on the page of a pairing link below `/link`
 * @returns the answer's JSON; undefined if it is empty
 * @throws Problem when the gateway refuses, or does not answer (`unreachable`)
 * @example
 * await ask('POST', '/sessions', { name: 'Oak & Iron' })
 */
export async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
	const response = await send(method, path, body)
	const text = await response.text()
	return (text ? JSON.parse(text) : undefined) as Answer
}

/** Asks for a file. @throws Problem */
export async function askForFile(path: string): Promise<Blob> {
	return (await send('GET', path)).blob()
}

/** The address of something below `/console/api`, for `src` and `EventSource`. */
export const urlOf = (path: string) => `${BASE}${path}`

async function send(method: string, path: string, body?: object): Promise<Response> {
	const isForm = body instanceof FormData
	const response = await fetch(urlOf(path), {
		method,
		headers: { 'X-Console': '1', ...(body && !isForm && { 'Content-Type': 'application/json' }) },
		...(body && { body: isForm ? body : JSON.stringify(body) }),
	}).catch(() => {
		throw new Problem(0, { code: 'unreachable', detail: 'The gateway does not answer.' })
	})
	if (response.ok) return response
	const problem = new Problem(response.status, await response.json().catch(() => ({})))
	if (problem.code === 'signed_out') for (const listener of signedOutListeners) listener()
	throw problem
}
