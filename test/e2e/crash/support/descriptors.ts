import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Whether the number of files that a process may open can be changed while it runs: util-linux has the tool. */
export const canLimitDescriptors: boolean = await run('prlimit', ['--version']).then(
	() => true,
	() => false,
)

/** A process can open nothing more, neither a file nor a connection. @returns ends that */
export async function exhaustDescriptors(pid: number): Promise<() => Promise<void>> {
	const limit = async (soft: string) => {
		await run('prlimit', ['--pid', String(pid), `--nofile=${soft}:`])
	}
	const output = ['--noheadings', '--raw', '--output=SOFT']
	const { stdout } = await run('prlimit', ['--pid', String(pid), '--nofile', ...output])
	await limit('0')
	return () => limit(stdout.trim())
}
