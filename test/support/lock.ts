import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { until } from './wait.ts'

/** Installing n8n takes some minutes where it is compiled. */
const LONGEST_WORK = 900_000

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0)
	} catch {
		return false
	}
}

function take(file: string): boolean {
	try {
		writeFileSync(file, String(process.pid), { flag: 'wx' })
		return true
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
		return false
	}
}

/** Frees what a process that is gone left locked. */
function release(file: string): void {
	try {
		if (!isRunning(Number(readFileSync(file, 'utf8')))) rmSync(file, { force: true })
	} catch {
		// It was freed meanwhile.
	}
}

/** Runs this work in one process at a time; the others wait. */
export async function oneAtATime(file: string, work: () => Promise<void>): Promise<void> {
	mkdirSync(dirname(file), { recursive: true })
	await until(
		`it is our turn (${file})`,
		() => {
			if (take(file)) return true
			release(file)
			return false
		},
		{ timeout: LONGEST_WORK },
	)
	try {
		await work()
	} finally {
		rmSync(file, { force: true })
	}
}
