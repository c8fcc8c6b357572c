import { join } from 'node:path'
import { startNode, type Child } from '../../support/child.ts'
import { ROOT } from '../../support/paths.ts'
import type { Call, RawCommands, Reply } from '../raw/main.ts'
import type { World } from '../world.ts'
import type { Contender, NodeOptions } from './contender.ts'

type Caller = <Name extends keyof RawCommands>(
	command: Name,
	...args: Parameters<RawCommands[Name]>
) => ReturnType<RawCommands[Name]>

/** Baileys in a process of its own, with its keys in memory: nothing that it does reaches a disk. */
export async function startRaw(
	world: World,
	home: string,
	{ flags, inspectPort }: NodeOptions,
): Promise<Contender> {
	const file = join(home, 'raw.json')
	let child = start(home, flags)
	let call = callerOf(child)
	return {
		name: 'raw',
		inspectPort,
		get pid() {
			return child.pid
		},
		link: (phone) => call('link', world.server, phone, world.scanUrl(phone)),
		send: (work) => call('send', work),
		listen: (phone) => call('listen', phone),
		heard: (count, withinMs) => call('heard', count, withinMs),
		async restart() {
			await call('keep', file)
			await child.stop()
			const begin = performance.now()
			child = start(home, flags)
			call = callerOf(child)
			await call('resume', world.server, file)
			return (performance.now() - begin) / 1000
		},
		stop: () => child.stop(),
	}
}

function start(home: string, flags: string[]): Child {
	const log = join(home, 'raw.log')
	return startNode('Raw Baileys', [...flags, join(ROOT, 'test/bench/raw/main.ts')], {
		cwd: ROOT,
		env: process.env,
		log,
		ipc: true,
	})
}

/** Calls what the process offers; the answers find their callers by number. */
function callerOf({ process: child, output }: Child): Caller {
	const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
	let last = 0
	child.on('message', ({ id, result, error }: Reply) => {
		const caller = waiting.get(id)
		waiting.delete(id)
		if (error === undefined) caller?.resolve(result)
		else caller?.reject(new Error(`raw Baileys: ${error}`))
	})
	child.on('exit', () => {
		for (const { reject } of waiting.values()) reject(new Error(`raw Baileys ended: ${output()}`))
	})
	const call = (command: Call['command'], ...args: unknown[]) =>
		new Promise((resolve, reject) => {
			waiting.set(++last, { resolve, reject })
			child.send({ id: last, command, args } satisfies Call)
		})
	return call as Caller
}
