import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { noSettings } from './no-settings.ts'

export interface CommandOptions {
	cwd?: string
	env?: NodeJS.ProcessEnv
}

/** Our own Node first, so that whatever a child starts as `node` is the same one. */
export const withOurNode = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
	...env,
	PATH: `${dirname(process.execPath)}:${env.PATH ?? ''}`,
})

/** None of the caller's settings: where programs are, and what saves a child from compiling all its modules anew. */
export const bareEnvironment = (): NodeJS.ProcessEnv => ({
	...noSettings,
	PATH: process.env.PATH,
	NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
})

const lastLines = (text: string): string => text.trimEnd().split('\n').slice(-30).join('\n')

/** Runs a command to its end and gives its output; a failure says what was run and how it ended. */
export function run(
	command: string,
	args: string[],
	options: CommandOptions = {},
): Promise<string> {
	const child = spawn(command, args, {
		cwd: options.cwd,
		env: withOurNode(options.env ?? process.env),
		stdio: ['ignore', 'pipe', 'pipe'],
	})
	let output = ''
	let everything = ''
	child.stdout.on('data', (chunk: Buffer) => {
		output += chunk
		everything += chunk
	})
	child.stderr.on('data', (chunk: Buffer) => (everything += chunk))
	return new Promise((resolve, reject) => {
		child.on('error', (cause) => reject(new Error(`${command} cannot be started`, { cause })))
		child.on('close', (code) => {
			if (code === 0) return resolve(output)
			const problem = `"${command} ${args.join(' ')}" ended with ${code}`
			reject(new Error(`${problem}:\n${lastLines(everything)}`))
		})
	})
}
