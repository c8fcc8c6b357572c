import type { Change, StateStore } from '../../storage/driver.ts'

const place = { collection: 'meta', id: 'cover-photo' }

/** The id of the cover photo that was set through the gateway: WhatsApp wants it when the photo is removed. */
export async function openCoverPhoto(state: StateStore) {
	let known = (await state.get(place.collection, [place.id])).get(place.id) as string | undefined
	return {
		id: () => known,
		/** @param id undefined: there is none any more */
		note(id: string | undefined): Change[] {
			known = id
			return [{ ...place, value: id ?? null }]
		},
	}
}

export type CoverPhotoId = Awaited<ReturnType<typeof openCoverPhoto>>
