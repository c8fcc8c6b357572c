import { readFileSync } from 'node:fs'

/** A tick of the kernel's clock, which is 1/100 s wherever Linux runs today. */
const TICK_MS = 10
/** Of /proc/self/stat, after the name of the program: this process, user and system, then its ended children. */
const FIELDS = [11, 12, 13, 14]

function linuxCpuMs(): number {
	const stat = readFileSync('/proc/self/stat', 'utf8')
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
	return FIELDS.reduce((sum, field) => sum + Number(fields[field]), 0) * TICK_MS
}

function ownCpuMs(): number {
	const { user, system } = process.cpuUsage()
	return (user + system) / 1000
}

/**
 * How long this process and, on Linux, those that it started and saw end have kept a core busy, in milliseconds. Unlike
 * wall time it says the same on a machine that does much else.
 */
export const cpuMs: () => number = process.platform === 'linux' ? linuxCpuMs : ownCpuMs
