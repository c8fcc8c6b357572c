import type { Change, StateStore } from '../../storage/driver.ts'

/**
 * The people who were shown without a phone number: when it becomes known, those who were shown them are
 * told.
 */
export async function openNameless(state: StateStore) {
	const lids = new Set(await state.ids('nameless'))
	const put = (lid: string, value: 1 | null): Change => ({ collection: 'nameless', id: lid, value })
	return {
		/** A LID is shown without its phone number. */
		shown(lid: string): Change[] {
			if (lids.has(lid)) return []
			lids.add(lid)
			return [put(lid, 1)]
		},
		/** The phone number of a LID became known; undefined if nobody was shown it without. */
		learnt: (lid: string): Change[] | undefined =>
			lids.delete(lid) ? [put(lid, null)] : undefined,
	}
}

export type Nameless = Awaited<ReturnType<typeof openNameless>>
