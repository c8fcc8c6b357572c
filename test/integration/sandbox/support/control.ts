import type { Sandbox } from '../../../../gateway/src/sandbox/sandbox.ts'

/** The HTTP API of a sandbox that was started with `servesControl`, as a script of a user calls it. */
export function controlOf({ wsUrl }: Sandbox) {
	const url = new URL('/sandbox', wsUrl.replace('ws:', 'http:')).href
	return {
		fetch: (path: string, init?: RequestInit): Promise<Response> => fetch(`${url}${path}`, init),
		/** Sends a form. */
		send: (method: string, path: string, body: FormData): Promise<Response> =>
			fetch(`${url}${path}`, { method, body }),
		/** The JSON at a path. */
		get: async (path: string) => (await fetch(`${url}${path}`)).json() as Promise<any>,
		post: (path: string, body: object): Promise<Response> =>
			fetch(`${url}${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			}),
	}
}

export type Control = ReturnType<typeof controlOf>
