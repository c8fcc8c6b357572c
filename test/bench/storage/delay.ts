import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { once } from 'node:events'

// Timers are no finer than a millisecond; this sleeps for less, in a thread of its own.
const cell = new Int32Array(new SharedArrayBuffer(4))
const sleep = (milliseconds: number) => void Atomics.wait(cell, 0, 0, milliseconds)

/** A server that is further away than it is. @param milliseconds each way @returns its port */
export async function delayed(port: number, milliseconds: number) {
	const worker = new Worker(new URL(import.meta.url), { workerData: { port, milliseconds } })
	const [ownPort] = (await once(worker, 'message')) as [number]
	return { port: ownPort, close: () => worker.terminate() }
}

if (!isMainThread) {
	const { port, milliseconds } = workerData as { port: number; milliseconds: number }
	const pass = (from: Socket, to: Socket) => {
		from.on('data', (data) => {
			sleep(milliseconds)
			to.write(data)
		})
		from.on('close', () => to.destroy())
		from.on('error', () => {})
		from.setNoDelay(true)
	}
	const server = createServer((client) => {
		const engine = connect(port, '127.0.0.1')
		pass(client, engine)
		pass(engine, client)
	})
	server.listen(0, '127.0.0.1', () => {
		parentPort!.postMessage((server.address() as AddressInfo).port)
	})
}
