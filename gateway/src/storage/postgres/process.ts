import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** What a process says of itself, so that another one of the same machine can tell whether it lives. */
export type Process = { pid: number; host: string; kernel: string | null; since: string }

export const thisProcess = (): Process => ({
	pid: process.pid,
	host: hostname(),
	kernel: kernelSpace(),
	since: new Date().toISOString(),
})

/** True for a process among whose numbers ours is, and that is gone. Others are waited for. */
export function hasDiedHere({ pid, kernel }: Process): boolean {
	if (kernel === null || kernel !== kernelSpace()) return false
	if (pid === process.pid) return false
	try {
		process.kill(pid, 0)
		return false
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ESRCH'
	}
}

/** Names the running kernel, and within it the space of process numbers; null where there are no such names. */
function kernelSpace(): string | null {
	try {
		const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
		return `${boot} ${readlinkSync('/proc/self/ns/pid')}`
	} catch {
		return null
	}
}

/** @param process what a process says of itself @returns "process 12 on this-host, since …" */
export function describeProcess(process: string): string {
	const { pid, host, since } = JSON.parse(process) as Process
	return `process ${pid} on ${host}, since ${since}`
}
