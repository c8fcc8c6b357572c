/** The oldest Node that has all that the gateway uses; `engines` in package.json says the same. */
export const OLDEST_NODE = 24

/**
 * What is wrong with a version of Node; undefined if the gateway runs on it. An older Node must be able to read this file and
 * `main.ts`, so both use old syntax only.
 */
export function wrongWithNode(version: string): string | undefined {
	if (Number(version.split('.')[0]) >= OLDEST_NODE) return undefined
	return 'This is Node ' + version + ', and the gateway needs Node ' + OLDEST_NODE + ' or later.'
}

/** How to solve it. */
export const NODE_ADVICE =
	'Install Node ' + OLDEST_NODE + ' from https://nodejs.org, or let your version manager choose it.'
