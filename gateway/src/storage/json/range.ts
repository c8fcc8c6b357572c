/** Collections whose name begins with `prefix` and goes on with something that sorts before `before`. */
export type Range = { prefix: string; before: string }

export const isIn = (collection: string, { prefix, before }: Range): boolean =>
	collection.startsWith(prefix) && collection.slice(prefix.length) < before
