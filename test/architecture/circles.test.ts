import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { ROOT } from '../support/paths.ts'
import { circlesIn, roomsOf } from './support/circles.ts'
import { importGraph, type Graph } from './support/imports.ts'

const trees = ['gateway/src', 'gateway/codegen', 'nodes']

const graphOf = (uses: Record<string, string[]>): Graph =>
	new Map(Object.entries(uses).map(([node, used]) => [node, new Set(used)]))

test('the search finds circles of every length, and only circles', () => {
	const graph = graphOf({ a: ['b'], b: ['c'], c: ['a', 'd'], d: ['e'], e: ['d'], f: ['a'] })
	const circles = circlesIn(graph).map((circle) => circle.join(' '))
	assert.deepEqual(circles.sort(), ['a b c', 'd e'])
})

test('rooms are connected by what their files use', () => {
	const graph = graphOf({ 'x/a/one': ['x/b'], 'x/a/two': ['x/a/one', 'y'], 'x/b': [], y: [] })
	assert.deepEqual(
		[...roomsOf('x', graph)],
		[
			['a', new Set(['b'])],
			['b', new Set()],
		],
	)
})

for (const tree of trees) {
	const graph = importGraph(join(ROOT, tree))

	test(`no files of ${tree} import each other in a circle, type imports included`, () => {
		assert.ok(graph.size > 0)
		assert.deepEqual(circlesIn(graph), [])
	})

	test(`at every level of ${tree} files and folders use each other in one direction only`, () => {
		const folders = new Set([...graph.keys()].flatMap(foldersAbove))
		const circles = [...folders].flatMap((folder) =>
			circlesIn(roomsOf(folder, graph)).map((rooms) => `${folder || tree}: ${rooms.join(', ')}`),
		)
		assert.deepEqual(circles, [])
	})
}

/** Every folder that a file lies in, the tree itself (`''`) last. */
function foldersAbove(file: string): string[] {
	const folder = dirname(file)
	return folder === '.' ? [''] : [folder, ...foldersAbove(folder)]
}
