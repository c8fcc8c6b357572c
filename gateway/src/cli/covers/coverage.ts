import type { Dialect, Services } from '../../http/dialects/dialect.ts'

/** What a dialect covers, by the operations of the other system: `POST /message/sendText/{instance}`. */
export type Coverage = {
	served: string[]
	/** Those that are answered with 501, and what has only such ones: `Typebot (/typebot)`. */
	refused: string[]
}

/** @example coverageOf(evolution).served.length */
export function coverageOf(dialect: Dialect): Coverage {
	// Endpoints use the services when they are called, and not when they are made.
	const endpoints = dialect.routes({} as Services)
	const named = (isServed: boolean) =>
		endpoints
			.filter(({ response }) => (response !== undefined) === isServed)
			.map(({ method, path }) => `${method.toUpperCase()} ${dialect.basePath}${path}`)
	const roots = Object.entries(dialect.refuses ?? {}).map(([path, what]) => `${what} (${path})`)
	return { served: named(true), refused: [...named(false), ...roots] }
}

/** Which of the events that a webhook asks for are never sent here. `*` asks for all. */
export function eventsNotCovered({ eventNames = [] }: Dialect, wanted: readonly string[]) {
	return wanted.filter((name) => name !== '*' && !eventNames.includes(name))
}
