import type { Endpoint } from '../dialect.ts'
import { notSupported } from '../read.ts'
import { unsupportedRoots } from './parts.ts'

const methods = ['get', 'post', 'put', 'delete'] as const

/** What the gateway does not do, refused by name: bots, hubs, queues, files elsewhere, Meta's own API. */
export const unsupported: Endpoint[] = [
	...unsupportedRoots.flatMap((root) => [
		...methods.flatMap((method) =>
			['/{action}/{instance}', '/{action}/{id}/{instance}'].map((rest) =>
				refusing(method, root, rest),
			),
		),
	]),
	refusing('post', '/message/sendTemplate', '/{instance}'),
	refusing('post', '/call/offer', '/{instance}'),
	refusing('post', '/webhook/meta', ''),
	refusing('post', '/webhook/evolution', ''),
]

function refusing(method: Endpoint['method'], root: string, rest: string): Endpoint {
	return {
		method,
		path: `${root}${rest}`,
		summary: `Not supported: ${root.slice(1)}`,
		run: () => {
			throw notSupported(root.slice(1))
		},
	}
}
