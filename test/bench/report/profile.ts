import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

type CallFrame = { functionName: string; url: string }
type Profile = {
	nodes: { id: number; callFrame: CallFrame }[]
	samples: number[]
	timeDeltas: number[]
}

const SHOWN = 15
/** V8 counts these as functions; they are no work. */
const WAITING = new Set(['(idle)', '(program)', '(root)'])

/** The package, or the room of the gateway, that a function belongs to. */
function moduleOf({ functionName, url }: CallFrame): string {
	const inPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]
	if (inPackage) return inPackage
	const room = /gateway\/(?:src|dist)\/([^/]+)/.exec(url)?.[1]
	if (room) return `our ${room}`
	if (url.startsWith('wasm:')) return 'wasm'
	if (url.startsWith('node:')) return 'node'
	return functionName === '(garbage collector)' ? 'garbage collector' : 'native'
}

const functionOf = ({ functionName, url }: CallFrame) =>
	`${functionName || '(anonymous)'} ${basename(url)}`

/** Where the processor time went, by module and by function, in percent of what was used. */
function summary(file: string): string {
	const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as Profile
	const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
	const byModule = new Map<string, number>()
	const byFunction = new Map<string, number>()
	let total = 0
	for (const [index, id] of samples.entries()) {
		const frame = frames.get(id)!
		if (WAITING.has(frame.functionName)) continue
		const time = timeDeltas[index]!
		total += time
		add(byModule, moduleOf(frame), time)
		add(byFunction, functionOf(frame), time)
	}
	const head = `${basename(file)}: ${Math.round(total / 1000)} ms`
	return [head, ...top(byModule, total), '', ...top(byFunction, total)].join('\n')
}

function add(sums: Map<string, number>, name: string, time: number): void {
	sums.set(name, (sums.get(name) ?? 0) + time)
}

function top(sums: Map<string, number>, total: number): string[] {
	const sorted = [...sums].sort(([, a], [, b]) => b - a).slice(0, SHOWN)
	return sorted.map(
		([name, time]) => `  ${((100 * time) / total).toFixed(1).padStart(5)} %  ${name}`,
	)
}

/** Sums up what `--cpu-prof` has left in a directory. */
export const profilesIn = (directory: string): string =>
	globSync('*.cpuprofile', { cwd: directory })
		.sort()
		.map((name) => summary(join(directory, name)))
		.join('\n\n')
