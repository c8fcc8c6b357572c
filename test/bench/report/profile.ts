import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

type CallFrame = { functionName: string; url: string }
type Profile = {
	nodes: { id: number; callFrame: CallFrame; children?: number[] }[]
	samples: number[]
	timeDeltas: number[]
}

const SHOWN = 20
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

/** Where the processor time went: by module, by function, and by function with all that it called. */
function summary(file: string): string {
	const profile = JSON.parse(readFileSync(file, 'utf8')) as Profile
	const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]))
	const times = timesOf(profile, frames)
	const modules = new Map<string, number>()
	const own = new Map<string, number>()
	const withCalled = new Map<string, number>()
	const parents = parentsOf(profile)
	for (const [id, time] of times) {
		add(modules, moduleOf(frames.get(id)!), time)
		add(own, functionOf(frames.get(id)!), time)
		for (const name of callersOf(id, parents, frames)) add(withCalled, name, time)
	}
	const total = [...times.values()].reduce((sum, time) => sum + time, 0)
	return [
		`${basename(file)}: ${Math.round(total / 1000)} ms`,
		...['  by module', ...top(modules, total)],
		...['  by function', ...top(own, total)],
		...['  with all that it called', ...top(withCalled, total)],
	].join('\n')
}

/** Time by node of the call tree, in microseconds. */
function timesOf({ samples, timeDeltas }: Profile, frames: Map<number, CallFrame>) {
	const times = new Map<number, number>()
	for (const [index, id] of samples.entries()) {
		const isWork = !WAITING.has(frames.get(id)!.functionName)
		if (isWork) times.set(id, (times.get(id) ?? 0) + timeDeltas[index]!)
	}
	return times
}

const parentsOf = ({ nodes }: Profile) =>
	new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)))

/** The functions on the stack that are neither Node's nor built in, each once. */
function callersOf(id: number, parents: Map<number, number>, frames: Map<number, CallFrame>) {
	const names = new Set<string>()
	for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
		const frame = frames.get(at)!
		if (frame.url.startsWith('file:')) names.add(`${functionOf(frame)} (${moduleOf(frame)})`)
	}
	return names
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
