import { createHook } from 'node:async_hooks'
import type { TestContext } from 'node:test'

/** Counts every TCP connection that this process begins, at the place where Node asks the system for one. */
export function watchConnects(t: TestContext): () => number {
	let count = 0
	const hook = createHook({
		init(_id, type) {
			if (type === 'TCPCONNECTWRAP') count++
		},
	}).enable()
	t.after(() => hook.disable())
	return () => count
}
