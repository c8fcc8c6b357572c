import { readFile } from 'node:fs/promises'

/** The memory of a process in bytes: what it has now (`VmRSS`), or the most that it had (`VmHWM`). */
export async function memoryOf(pid: number | undefined, kind: 'VmRSS' | 'VmHWM'): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8')
	return Number(new RegExp(`${kind}:\\s+(\\d+)`).exec(status)![1]) * 1024
}
