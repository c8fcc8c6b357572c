import { setTimeout as pause } from 'node:timers/promises'

const PATIENCE_MS = 120_000

/** Asks for JSON and gives the answer and its headers. @throws what was answered, unless it is 2xx */
export async function ask<T>(
	method: string,
	url: string,
	{ headers = {}, body }: { headers?: Record<string, string>; body?: object | undefined } = {},
): Promise<{ data: T; headers: Headers }> {
	const response = await fetch(url, {
		method,
		headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
		...(body && { body: JSON.stringify(body) }),
	})
	const text = await response.text()
	if (!response.ok)
		throw new Error(`${method} ${url} was answered with ${response.status}: ${text.slice(0, 500)}`)
	return { data: (text ? JSON.parse(text) : undefined) as T, headers: response.headers }
}

/** Waits until `find` finds something. @param what names it, for the error when the patience ends */
export async function until<T>(
	what: string,
	find: () => Promise<T | undefined | false>,
): Promise<T> {
	const end = Date.now() + PATIENCE_MS
	while (Date.now() < end) {
		const found = await find()
		if (found) return found
		await pause(250)
	}
	throw new Error(`Waited in vain until ${what}`)
}
