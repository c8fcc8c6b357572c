import type { Identity } from '../identity.ts'

/** People and chats of the events' examples. */
export const ada: Identity = {
	id: '4915112345678@s.whatsapp.net',
	phone: '4915112345678',
	lid: '123456789012345@lid',
	name: 'Ada',
}

export const unknownPerson: Identity = {
	id: '234567890123456@lid',
	phone: null,
	lid: '234567890123456@lid',
	name: null,
}

export const group: Identity = {
	id: '120363041234567890@g.us',
	phone: null,
	lid: null,
	name: null,
}

export const messageId = '3EB0538DA65A59F6D8A251'
export const moment = 1_795_255_200
export const isoMoment = '2026-11-21T10:00:00.000Z'
