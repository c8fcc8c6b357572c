import { until } from '../../support/wait.ts'

type Answer = { id: number; result: { usedSize?: number } }

const INSPECTOR_WITHIN = 5_000

/** The heap of a process that was started with `--inspect-port`, after all garbage is gone, in MB. */
export async function liveHeapMb(pid: number, inspectPort: number): Promise<number> {
	// Node opens its inspector at this signal; it costs nothing before.
	process.kill(pid, 'SIGUSR1')
	const url = `http://127.0.0.1:${inspectPort}/json/list`
	const look = async () => (await fetch(url).catch(() => undefined))?.json() as Promise<any>
	const [target] = await until('the inspector answers', look, { timeout: INSPECTOR_WITHIN })
	const socket = new WebSocket(target.webSocketDebuggerUrl)
	await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
	try {
		await ask(socket, 1, 'HeapProfiler.collectGarbage')
		const { usedSize } = await ask(socket, 2, 'Runtime.getHeapUsage')
		return usedSize! / 2 ** 20
	} finally {
		socket.close()
	}
}

function ask(socket: WebSocket, id: number, method: string): Promise<Answer['result']> {
	return new Promise((resolve) => {
		const hear = ({ data }: MessageEvent) => {
			const answer = JSON.parse(data as string) as Answer
			if (answer.id !== id) return
			socket.removeEventListener('message', hear)
			resolve(answer.result)
		}
		socket.addEventListener('message', hear)
		socket.send(JSON.stringify({ id, method }))
	})
}
