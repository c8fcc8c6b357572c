// Preloaded into a gateway (`node --import`): ends it without warning at a point that KILL_POINT names, when that
// point is reached for the KILL_COUNTth time. The gateway itself knows nothing of this.
import { open } from 'node:fs/promises'
import { devNull } from 'node:os'
import pg from 'pg'
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

async function watchFiles() {
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
}

type Answered = (error: Error | undefined, result: unknown) => void

/** The pool hands its statements over with a callback. A statement is on its way at the next turn of the event loop. */
function watchStatements() {
	const { prototype } = pg.Client
	const query = prototype.query as (...args: unknown[]) => unknown
	prototype.query = function (this: pg.Client, ...args: unknown[]) {
		const isCommit = (args[0] as { name?: string }).name === 'wag-commit'
		const answered = args.at(-1)
		if (!isCommit || typeof answered !== 'function') return query.apply(this, args)
		reach('before commit')
		setImmediate(reach, 'within commit')
		const told: Answered = (error, result) => {
			reach('after commit')
			;(answered as Answered)(error, result)
		}
		return query.apply(this, [...args.slice(0, -1), told])
	} as typeof prototype.query
}

if (process.env.STATE_URL) watchStatements()
else await watchFiles()

// The frames of a tick leave at its end.
const { send } = WebSocket.prototype
WebSocket.prototype.send = function (this: WebSocket, ...args: unknown[]) {
	reach('before frame')
	;(send as (...args: unknown[]) => void).apply(this, args)
	setImmediate(reach, 'after frame')
} as typeof send
