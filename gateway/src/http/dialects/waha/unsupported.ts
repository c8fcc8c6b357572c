import type { KeyAction } from '../../api-keys/caller.ts'
import type { Endpoint } from '../dialect.ts'
import { notSupported } from '../read.ts'

/** Endpoints that exist in WAHA, and that the gateway has nothing for: they say so by name. */
export const unsupported = (
	action: KeyAction | undefined,
	operations: [method: Endpoint['method'], path: string][],
): Endpoint[] =>
	operations.map(([method, path]) => ({
		method,
		path,
		summary: 'Not supported',
		...(action && { action }),
		run() {
			throw notSupported(`${method.toUpperCase()} ${path}`)
		},
	}))
