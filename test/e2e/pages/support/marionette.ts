import { connect, type Socket } from 'node:net'

/** What Firefox is told is `[0, id, command, parameters]`; it answers `[1, id, error, result]`. */
type Reply = [1, number, { error: string; message: string } | null, unknown]

/**
 * Marionette, the protocol by which geckodriver drives Firefox: JSON over TCP, with the number of its bytes and a colon
 * before each message. Playwright only drives a Firefox of its own.
 */
export async function connectMarionette(port: number) {
	const socket = connect({ host: '127.0.0.1', port })
	const waiting = new Map<number, (reply: Reply) => void>()
	let ended: Error | undefined
	let lastId = 0
	// Firefox greets first.
	await new Promise<void>((resolve, reject) => {
		socket.once('error', reject)
		readMessages(socket, (message) => {
			if (!Array.isArray(message)) return resolve()
			const reply = message as Reply
			waiting.get(reply[1])?.(reply)
			waiting.delete(reply[1])
		})
	})
	socket.on('error', () => {})
	socket.on('close', () => {
		ended = new Error('Firefox has closed the connection')
		const { message } = ended
		for (const [id, answer] of waiting) answer([1, id, { error: 'closed', message }, null])
	})

	/** @throws Error with what Firefox says */
	async function command<Result>(name: string, parameters: object = {}): Promise<Result> {
		if (ended) throw ended
		const id = ++lastId
		const [, , error, result] = await new Promise<Reply>((resolve) => {
			waiting.set(id, resolve)
			const text = JSON.stringify([0, id, name, parameters])
			socket.write(`${Buffer.byteLength(text)}:${text}`)
		})
		if (error) throw new Error(`${name}: ${error.error}: ${error.message}`)
		return result as Result
	}
	return { command }
}

function readMessages(socket: Socket, take: (message: unknown) => void): void {
	let unread: Buffer = Buffer.alloc(0)
	socket.on('data', (chunk: Buffer) => {
		unread = Buffer.concat([unread, chunk])
		for (;;) {
			const start = unread.indexOf(':') + 1
			const end = start + Number(unread.subarray(0, start - 1).toString())
			if (start === 0 || unread.length < end) return
			take(JSON.parse(unread.subarray(start, end).toString()))
			unread = unread.subarray(end)
		}
	})
}
