import { run } from './command.ts'

/** What n8n's database driver may have to be compiled with, and what the packed nodes are unpacked with. */
const TOOLS = [
	['npm', '--version'],
	['tar', '--version'],
] as const

/** Refuses to start without the programs that are needed, in one line. */
export async function mustHaveTools(): Promise<void> {
	for (const [tool, flag] of TOOLS)
		await run(tool, [flag]).catch((cause: Error) => {
			throw new Error(`${tool} is needed and cannot be run. Please install it.`, { cause })
		})
}
