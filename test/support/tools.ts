import { run } from './command.ts'

const runs = (tool: string): Promise<boolean> =>
	run(tool, ['--version']).then(
		() => true,
		() => false,
	)

/** Those of these programs that this machine does not have. */
export async function missingTools(...tools: string[]): Promise<string[]> {
	const found = await Promise.all(tools.map(runs))
	return tools.filter((_, index) => !found[index])
}
