import type { proto } from '@whiskeysockets/baileys'

/** Reads the place of an event, which may have a name alone. */
export const readNamedPlace = (place: proto.Message.ILocationMessage | null | undefined) =>
	place
		? {
				latitude: place.degreesLatitude ?? undefined,
				longitude: place.degreesLongitude ?? undefined,
				name: place.name || undefined,
				address: place.address || undefined,
			}
		: undefined

/** Reads the place of a template. */
export const readPlace = (place: proto.Message.ILocationMessage | null | undefined) =>
	place
		? {
				latitude: place.degreesLatitude ?? 0,
				longitude: place.degreesLongitude ?? 0,
				name: place.name || undefined,
				address: place.address || undefined,
			}
		: undefined
