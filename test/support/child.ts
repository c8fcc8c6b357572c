import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { withOurNode } from './command.ts'
import { until } from './wait.ts'

export interface Child {
	pid: number
	/** What it does with messages between the processes, if it was started with `ipc`. */
	process: ChildProcess
	/** The last lines it wrote, for a message that explains a failure. */
	output(): string
	/** Resolves when `url` answers 2xx; rejects at once, with the output, if the process ends before. */
	answers(url: string, within: number): Promise<void>
	/** Ends this process and what it started itself, and nothing else. */
	stop(): Promise<void>
	/** The same at once, as a crash does it. */
	kill(): Promise<void>
}

const GRACE = 10_000

/** The group is the child and its own children (n8n starts a task runner): nobody else is in it. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	try {
		if (child.pid !== undefined) process.kill(-child.pid, signal)
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
	}
}

/** Starts `node ...args` in a process group of its own; everything it writes goes to `log`. */
export function startNode(
	name: string,
	args: string[],
	{ env, log, cwd, ipc }: { env: NodeJS.ProcessEnv; log: string; cwd?: string; ipc?: boolean },
): Child {
	mkdirSync(dirname(log), { recursive: true })
	const file = openSync(log, 'w')
	const child = spawn(process.execPath, args, {
		cwd,
		env: withOurNode(env),
		detached: true,
		stdio: ['ignore', file, file, ...(ipc ? (['ipc'] as const) : [])],
	})
	closeSync(file)
	const ended = once(child, 'exit')
	const running = (): boolean => child.exitCode === null && child.signalCode === null
	const endWithUs = (): void => signalGroup(child, 'SIGTERM')
	process.on('exit', endWithUs)

	const output = (): string => readFileSync(log, 'utf8').trimEnd().split('\n').slice(-30).join('\n')
	return {
		pid: child.pid ?? 0,
		process: child,
		output,
		async answers(url, within) {
			await until(
				`${name} answers at ${url}`,
				async () => {
					if (!running()) throw new Error(`${name} ended before it was ready:\n${output()}`)
					return (await fetch(url).catch(() => undefined))?.ok
				},
				{ timeout: within },
			)
		},
		async stop() {
			process.off('exit', endWithUs)
			signalGroup(child, 'SIGTERM')
			const patience = new AbortController()
			await Promise.race([
				ended,
				pause(GRACE, undefined, { signal: patience.signal }).catch(() => undefined),
			])
			patience.abort()
			signalGroup(child, 'SIGKILL')
			await ended
		},
		async kill() {
			process.off('exit', endWithUs)
			signalGroup(child, 'SIGKILL')
			await ended
		},
	}
}
