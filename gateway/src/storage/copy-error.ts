/** The database is not the one in which the state was: it was restored, or copied. */
export class CopyError extends Error {
	override name = 'CopyError'
	constructor() {
		super(
			'The state behind STATE_URL was in another database before. If this is a backup or a copy of that, and nothing will use the other one again, run `whatsapp-gateway restored`: sessions stay linked, and their encryption begins anew. If it is the very state, moved while the gateway was stopped (as by pg_upgrade), run `whatsapp-gateway restored --nothing-lost`. Nothing was changed.',
		)
	}
}
