import {
	getBinaryNodeChild,
	getBinaryNodeChildren,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys'
import { element, expected } from './element.ts'
import { askIq } from './iq.ts'
import { textNode, textOrNull } from './text-node.ts'

/** When a business is open on a day. A day with a break stands twice. */
export type OpeningHours = {
	/** `mon`. */
	day: string
	/** `specific_hours`, `open_24h` or `appointment_only`. */
	mode: string
	/** Minutes after midnight; null unless the mode is `specific_hours`. */
	open: number | null
	close: number | null
}

/** What a business tells of itself. */
export type BusinessProfile = {
	description: string | null
	address: string | null
	email: string | null
	websites: string[]
	categories: { id: string | null; name: string }[]
	hours: { timezone: string | null; days: OpeningHours[] } | null
	/** The id of its cover photo, where WhatsApp tells it. */
	coverId: string | null
}

/** What is changed of it; '' and [] clear. */
export type BusinessChange = {
	description?: string | undefined
	address?: string | undefined
	email?: string | undefined
	websites?: string[] | undefined
	hours?: { timezone: string; days: OpeningHours[] } | undefined
}

const XMLNS = 'w:biz'

/**
 * Asks for a business profile. Baileys' own function reads one website and one category, and takes silence for "none".
 * @returns null if it is no business
 * @throws GatewayError those of `askWhatsApp`
 */
export async function askForBusinessProfile(
	socket: WASocket,
	jid: string,
): Promise<BusinessProfile | null> {
	const asked = element('business_profile', { v: '244' }, [element('profile', { jid })])
	const answer = await askIq(socket, { type: 'get', xmlns: XMLNS, content: [asked] })
	const profile = getBinaryNodeChild(expected(answer, 'business_profile'), 'profile')
	return profile ? read(profile) : null
}

/** Changes the profile of the account. @throws GatewayError those of `askWhatsApp` */
export const changeBusinessProfile = (socket: WASocket, change: BusinessChange): Promise<void> =>
	set(socket, nodesOf(change))

/** A cover photo that was uploaded, and the media host's proof of it. */
export type CoverPhoto = { id: string; token: string; ts: string }

/** Shows a cover photo. @throws GatewayError those of `askWhatsApp` */
export const setCoverPhoto = (socket: WASocket, photo: CoverPhoto): Promise<void> =>
	set(socket, [element('cover_photo', { op: 'update', ...photo })])

/** @throws GatewayError those of `askWhatsApp` */
export const removeCoverPhoto = (socket: WASocket, id: string): Promise<void> =>
	set(socket, [element('cover_photo', { op: 'delete', id })])

async function set(socket: WASocket, nodes: BinaryNode[]): Promise<void> {
	const changed = element('business_profile', { v: '3', mutation_type: 'delta' }, nodes)
	await askIq(socket, { type: 'set', xmlns: XMLNS, content: [changed] })
}

function read(profile: BinaryNode): BusinessProfile {
	const hours = getBinaryNodeChild(profile, 'business_hours')
	const categories = getBinaryNodeChild(profile, 'categories')
	return {
		description: textOrNull(profile, 'description'),
		address: textOrNull(profile, 'address'),
		email: textOrNull(profile, 'email'),
		websites: getBinaryNodeChildren(profile, 'website').map(contentOf).filter(Boolean),
		categories: getBinaryNodeChildren(categories, 'category').map((category) => ({
			id: category.attrs.id ?? null,
			name: contentOf(category),
		})),
		hours: hours ? readHours(hours) : null,
		coverId: getBinaryNodeChild(profile, 'cover_photo')?.attrs.id ?? null,
	}
}

const readHours = (hours: BinaryNode): BusinessProfile['hours'] => ({
	timezone: hours.attrs.timezone ?? null,
	days: getBinaryNodeChildren(hours, 'business_hours_config').map(({ attrs }) => ({
		day: attrs.day_of_week ?? '',
		mode: attrs.mode ?? '',
		open: minutesOf(attrs.open_time),
		close: minutesOf(attrs.close_time),
	})),
})

const minutesOf = (text: string | undefined) => (text === undefined ? null : Number(text))

const contentOf = ({ content }: BinaryNode) => content?.toString() ?? ''

function nodesOf({ websites, hours, ...texts }: BusinessChange): BinaryNode[] {
	const said = Object.entries(texts).filter(([, text]) => text !== undefined)
	return [
		...said.map(([tag, text]) => textNode(tag, text!)),
		...websiteNodes(websites),
		...(hours ? [hoursNode(hours)] : []),
	]
}

/** An empty one clears them. */
function websiteNodes(websites: string[] | undefined): BinaryNode[] {
	if (!websites) return []
	return (websites.length ? websites : ['']).map((url) => textNode('website', url))
}

function hoursNode({ timezone, days }: NonNullable<BusinessChange['hours']>): BinaryNode {
	const configs = days.map(({ day, mode, open, close }) =>
		element('business_hours_config', {
			day_of_week: day,
			mode,
			...(open !== null && { open_time: String(open) }),
			...(close !== null && { close_time: String(close) }),
		}),
	)
	return element('business_hours', { timezone }, configs)
}
