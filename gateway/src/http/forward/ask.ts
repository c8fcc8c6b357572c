import type { RequestScope } from './request-scope.ts'
import type { ToOwner } from './to-owner.ts'
import { vouchedOf } from './vouched.ts'

/** The request on whose behalf another gateway is asked. */
export type Asking = { request: Request; scope: RequestScope }

/** Asks the gateway that has a session, with GET. @returns the JSON that it answers; undefined if it has none to give */
export type Ask = (
	session: string,
	path: string,
	asking: Asking,
	env: object | undefined,
) => Promise<unknown>

/** For what is about several sessions, and needs more of each than lists have. */
export const createAsk =
	(toOwner: ToOwner): Ask =>
	async (session, path, { request, scope }, env) => {
		const { signal } = request
		const asked = new Request(new URL(path, request.url), { headers: withoutBody(request) })
		const forwarded = { request: asked, body: undefined, headers: [], signal }
		const vouched = vouchedOf(scope, env)
		const answer = await toOwner(session, { ...forwarded, vouched }, true)
		if (answer.is !== 'answered') return undefined
		const text = await answer.response.text()
		return answer.response.ok && text ? JSON.parse(text) : undefined
	}

function withoutBody({ headers }: Request): Headers {
	const left = new Headers(headers)
	for (const name of ['content-type', 'content-length', 'content-encoding']) left.delete(name)
	return left
}
