import { once } from 'node:events'
import { WebSocket } from 'ws'

/** Asks another process of Node, which was started with `--inspect`, for its heap. */
export async function openInspector(url: string) {
	const socket = new WebSocket(url)
	await once(socket, 'open')
	let id = 0

	async function call(method: string): Promise<any> {
		const own = ++id
		socket.send(JSON.stringify({ id: own, method }))
		for (;;) {
			const [data] = (await once(socket, 'message')) as [Buffer]
			const answer = JSON.parse(data.toString()) as { id?: number; result?: unknown }
			if (answer.id === own) return answer.result
		}
	}

	await call('HeapProfiler.enable')
	return {
		/** The used heap in bytes, after a garbage collection. */
		async heapAfterCollection(): Promise<number> {
			await call('HeapProfiler.collectGarbage')
			return (await call('Runtime.getHeapUsage')).usedSize as number
		},
		close: () => socket.close(),
	}
}
