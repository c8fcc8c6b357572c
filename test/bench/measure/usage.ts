import { readFileSync } from 'node:fs'

/** Linux counts processor time in ticks of 10 ms, whatever its own clock does. */
const TICK_MS = 10

/** Processor time that a process has used so far, all its threads together, in milliseconds. */
export function cpuMs(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
	// The second field is the program's name and may hold spaces.
	const [utime, stime] = stat
		.slice(stat.lastIndexOf(')') + 2)
		.split(' ')
		.slice(11, 13)
	return (Number(utime) + Number(stime)) * TICK_MS
}

/** Memory that a process holds right now, in MB. */
export function residentMb(pid: number): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8')
	return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}
