/** The database cannot be used as it is; the message says why. Not beside its driver, which not every command loads. */
export class UnfitDatabaseError extends Error {
	override name = 'UnfitDatabaseError'
}
