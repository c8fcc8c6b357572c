import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** The files below a folder that match a pattern, relative to it, sorted. */
export const filesBelow = (folder: string, pattern = '**/*.ts'): string[] =>
	globSync(pattern, { cwd: folder }).sort()

/** The specifiers of all imports and re-exports of a file, type imports included. */
export function importsOf(path: string): string[] {
	const text = readFileSync(path, 'utf8')
	const found = text.matchAll(/\b(?:from|import)\s*\(?\s*'([^'\n]+)'/g)
	return [...found].map(([, specifier]) => specifier!)
}

/** A graph: each node with the nodes that it uses. */
export type Graph = Map<string, Set<string>>

/** Which file below a folder imports which. */
export function importGraph(folder: string): Graph {
	const files = filesBelow(folder)
	const known = new Set(files)
	const targets = (file: string) =>
		importsOf(join(folder, file))
			.filter((specifier) => specifier.startsWith('.'))
			.map((specifier) => normalize(join(dirname(file), specifier)))
			.filter((target) => known.has(target))
	return new Map(files.map((file) => [file, new Set(targets(file))]))
}
