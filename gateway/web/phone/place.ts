import { decoded } from '../data/decoded.ts'
import { goTo, linkTo } from '../data/location.ts'

/** Where the page is: whose phone, and which chat is open. */
export type Place = { person: string | undefined; chat: string | undefined }

const PERSON_SERVER = '@s.whatsapp.net'

/** @param path below `/console`: `/phone/{person}/{chat}` */
export function placeAt(path: string): Place {
	const [, , person, chat] = path.split('/')
	// What cannot be decoded names no chat, and the page says so of it.
	const id = chat && (decoded(chat) ?? chat)
	return { person: person || undefined, chat: id && (id.includes('@') ? id : id + PERSON_SERVER) }
}

/** The path of a chat. A person's chat is their number. */
export function pathOf(person: string, chat?: string): string {
	if (!chat) return `/phone/${person}`
	return `/phone/${person}/${encodeURIComponent(chat.replace(PERSON_SERVER, ''))}`
}

export const openChat = (person: string, chat?: string) => goTo(pathOf(person, chat))
export const linkToChat = (person: string, chat?: string) => linkTo(pathOf(person, chat))
