// Preloaded into a gateway (`node --import`): ends it without warning at a point that KILL_POINT names, when that
// point is reached for the KILL_COUNTth time. The gateway itself knows nothing of this.
import { open } from 'node:fs/promises'
import { devNull } from 'node:os'
import { WebSocket } from 'ws'

const { KILL_POINT = '', KILL_COUNT = '0' } = process.env
let left = Number(KILL_COUNT)

function reach(point: string): void {
	if (point === KILL_POINT && --left === 0) process.kill(process.pid, 'SIGKILL')
}

// Journals and snapshots are written by this, and are durable when it returns; documents are not.
type Write = (
	bytes: Uint8Array,
	offset: number,
	length: number,
	position: number,
) => Promise<object>
const handle = await open(devNull)
const files = Object.getPrototypeOf(handle) as { write: Write }
await handle.close()
const { write } = files
files.write = async function (bytes, offset, length, position) {
	reach('before commit')
	if (KILL_POINT === 'within commit' && left === 1)
		await write.call(this, bytes, offset, Math.ceil(length / 2), position)
	reach('within commit')
	const written = await write.call(this, bytes, offset, length, position)
	reach('after commit')
	return written
}

const { send } = WebSocket.prototype
WebSocket.prototype.send = function (this: WebSocket, ...args: unknown[]) {
	reach('before frame')
	;(send as (...args: unknown[]) => void).apply(this, args)
	reach('after frame')
} as typeof send
