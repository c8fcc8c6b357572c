import type { Change, StateStore } from '../../storage/driver.ts'

/**
 * The LIDs that events have shown without a phone number. When the number becomes known, a `contact.identity`
 * event says so.
 */
export async function openUnresolvedLids(state: StateStore) {
	const lids = new Set(await state.ids('unresolved-lid'))
	const put = (lid: string, value: 1 | null): Change => ({
		collection: 'unresolved-lid',
		id: lid,
		value,
	})
	return {
		/** An event shows a LID without its phone number. */
		shown(lid: string): Change[] {
			if (lids.has(lid)) return []
			lids.add(lid)
			return [put(lid, 1)]
		},
		/** The phone number of a LID became known. @returns undefined if no event has shown the LID without it */
		learnt: (lid: string): Change[] | undefined =>
			lids.delete(lid) ? [put(lid, null)] : undefined,
	}
}

export type UnresolvedLids = Awaited<ReturnType<typeof openUnresolvedLids>>
