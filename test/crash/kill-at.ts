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

const handle = await open(devNull)
const files = Object.getPrototypeOf(handle) as { datasync(): Promise<void> }
await handle.close()
const { datasync } = files
files.datasync = async function () {
	reach('before commit')
	await datasync.call(this)
	reach('after commit')
}

const { send } = WebSocket.prototype
WebSocket.prototype.send = function (this: WebSocket, ...args: unknown[]) {
	reach('before frame')
	;(send as (...args: unknown[]) => void).apply(this, args)
	reach('after frame')
} as typeof send
