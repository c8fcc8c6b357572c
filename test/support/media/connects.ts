import { createHook } from 'node:async_hooks'
import type { TestContext } from 'node:test'

/** What Node asks the system for; it is told where to after it was made. */
type Request = { port?: number }

/**
 * Counts every TCP connection that this process begins, at the place where Node asks the system for one.
 * @param except ports of those who may be called
 */
export function watchConnects(t: TestContext, except: number[] = []): () => number {
	const requests: Request[] = []
	const hook = createHook({
		init(_id, type, _trigger, resource) {
			if (type === 'TCPCONNECTWRAP') requests.push(resource)
		},
	}).enable()
	t.after(() => hook.disable())
	return () => requests.filter(({ port }) => !except.includes(port!)).length
}
