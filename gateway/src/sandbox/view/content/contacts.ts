import type { proto } from '@whiskeysockets/baileys'
import { some, type Readers } from './readers.ts'

/** `TEL;type=CELL;waid=4917…:+49 17…`, as every phone writes them. */
const TEL = /^(?:[\w-]+\.)?TEL[^:\r\n]*:(.+?)\r?$/gim

const card = ({ displayName, vcard }: proto.Message.IContactMessage) => ({
	name: displayName ?? '',
	phones: [...(vcard ?? '').matchAll(TEL)].map(([, number = '']) => number.trim()),
})

/** Places and people. */
export const placeReaders: Readers = {
	locationMessage: ({ degreesLatitude, degreesLongitude, isLive, name, address, comment }) => ({
		kind: 'location',
		latitude: degreesLatitude ?? 0,
		longitude: degreesLongitude ?? 0,
		live: isLive ?? false,
		...(some(name) && { name: name! }),
		...(some(address) && { address: address! }),
		...(some(comment) && { text: comment! }),
	}),
	liveLocationMessage: ({ degreesLatitude, degreesLongitude, caption }) => ({
		kind: 'location',
		latitude: degreesLatitude ?? 0,
		longitude: degreesLongitude ?? 0,
		live: true,
		...(some(caption) && { text: caption! }),
	}),
	contactMessage: (said) => ({ kind: 'contacts', contacts: [card(said)] }),
	contactsArrayMessage: ({ contacts }) => ({
		kind: 'contacts',
		contacts: (contacts ?? []).map(card),
	}),
}
