import type { Graph } from './imports.ts'

/** The groups of nodes that use each other in a circle: Tarjan's strongly connected components of two nodes or more. */
export function circlesIn(graph: Graph): string[][] {
	const order = new Map<string, number>()
	const lowest = new Map<string, number>()
	const stack: string[] = []
	const circles: string[][] = []
	for (const node of graph.keys()) if (!order.has(node)) visit(node)
	return circles

	function visit(node: string): void {
		order.set(node, order.size)
		lowest.set(node, order.get(node)!)
		stack.push(node)
		for (const used of graph.get(node)!) {
			if (!order.has(used)) visit(used)
			if (stack.includes(used)) lowest.set(node, Math.min(lowest.get(node)!, lowest.get(used)!))
		}
		if (lowest.get(node) !== order.get(node)) return
		const circle = stack.splice(stack.indexOf(node)).sort()
		if (circle.length > 1) circles.push(circle)
	}
}

/** The graph of what lies directly in a folder: its files and folders, with the arrows between them. */
export function roomsOf(folder: string, graph: Graph): Graph {
	const prefix = folder ? `${folder}/` : ''
	const inside = [...graph].filter(([file]) => file.startsWith(prefix))
	const roomOf = (file: string) => file.slice(prefix.length).split('/')[0]!
	const rooms: Graph = new Map(inside.map(([file]) => [roomOf(file), new Set()]))
	for (const [file, used] of inside)
		for (const target of used) {
			if (!target.startsWith(prefix) || roomOf(target) === roomOf(file)) continue
			rooms.get(roomOf(file))!.add(roomOf(target))
		}
	return rooms
}
