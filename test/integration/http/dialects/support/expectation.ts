/** What must come back: a status or several, the beginning of the media type, and fields by their path. */
export type Expected = {
	status: number | string
	contentType?: string
	/** Path → a value that must be equal, names of types, or `/regex/`; the path `` is the whole answer. */
	fields?: Record<string, unknown>
}

type Answer = { status: number; type: string; json: unknown }

/** Every expectation that an answer misses, as sentences. */
export function misses({ status, contentType, fields = {} }: Expected, answer: Answer): string[] {
	const statuses = String(status).split('|').map(Number)
	const found: string[] = []
	if (!statuses.includes(answer.status)) found.push(`status ${answer.status}, expected ${status}`)
	if (contentType && !answer.type.startsWith(contentType))
		found.push(`type ${answer.type}, expected ${contentType}`)
	for (const [path, wanted] of Object.entries(fields)) {
		const value = at(answer.json, path)
		if (!fits(value, wanted))
			found.push(
				`${path || 'answer'}: ${JSON.stringify(value)}, expected ${JSON.stringify(wanted)}`,
			)
	}
	return found
}

/** The value at a dotted path. A name may have dots itself. */
function at(value: unknown, path: string): unknown {
	if (path === '') return value
	if (typeof value !== 'object' || value === null) return undefined
	if (Object.hasOwn(value, path)) return (value as Record<string, unknown>)[path]
	const dot = path.indexOf('.')
	if (dot < 0) return (value as Record<string, unknown>)[path]
	return at((value as Record<string, unknown>)[path.slice(0, dot)], path.slice(dot + 1))
}

const types: Record<string, (value: unknown) => boolean> = {
	string: (value) => typeof value === 'string',
	number: (value) => typeof value === 'number',
	boolean: (value) => typeof value === 'boolean',
	array: Array.isArray,
	object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
	null: (value) => value === null,
	absent: (value) => value === undefined,
}

function fits(value: unknown, wanted: unknown): boolean {
	if (typeof wanted !== 'string') return JSON.stringify(value) === JSON.stringify(wanted)
	const names = wanted.split('|')
	if (names.every((name) => Object.hasOwn(types, name)))
		return names.some((name) => types[name]!(value))
	const [, pattern, flags] = /^\/(.*)\/(i?)$/s.exec(wanted) ?? []
	if (pattern !== undefined)
		return typeof value === 'string' && new RegExp(pattern, flags).test(value)
	return value === wanted
}
