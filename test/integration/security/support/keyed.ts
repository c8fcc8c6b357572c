import type { Generated } from './generate.ts'

const headerNames = ['authorization', 'x-api-key', 'access-token', 'apikey']

/** The same request with a key in every place where one of the APIs looks for it, or in none. */
export function withKey(request: Generated, key: string | undefined): Generated {
	const { body } = request
	const own = Object.entries(request.headers).filter(([name]) => !headerNames.includes(name))
	const headers = Object.fromEntries(own)
	if (key !== undefined)
		for (const name of headerNames) headers[name] = name === 'authorization' ? `Bearer ${key}` : key
	if (!isObject(body) || !('access_token' in body)) return { ...request, headers }
	const { access_token: _, ...rest } = body
	return { ...request, headers, body: key === undefined ? rest : { access_token: key, ...rest } }
}

const isObject = (body: unknown): body is Record<string, unknown> =>
	typeof body === 'object' && body !== null && !Array.isArray(body)
