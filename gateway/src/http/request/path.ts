import { getPathNoStrict } from 'hono/utils/url'

/**
 * The path that a request is for. A slash at the end says nothing, as at the servers of most other systems; several at
 * the beginning are one: a base URL that ends in a slash, followed by a path, is a common slip.
 * @example
 * requestPath(new Request('https://gateway.test//api/sessions/')) // '/api/sessions'
 */
export const requestPath = (request: Request): string =>
	getPathNoStrict(request).replace(/^\/{2,}/, '/')
