/** There is nothing to import; the message says why, and what to do. */
export class ImportError extends Error {
	override name = 'ImportError'
}
