/** Where a state stands in the database. */
export type StateRow = {
	/** Its number, by which records name it. */
	no: number
	/** How often it was opened: who has an older epoch writes nothing more of it. */
	epoch: number
	/** How many changes were ever committed. */
	done: number
}
