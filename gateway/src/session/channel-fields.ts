import { getBinaryNodeChild, getBinaryNodeChildren, type BinaryNode } from '@whiskeysockets/baileys'
import { channelRoles, type ChannelRole } from '../events/fields/channel.ts'

/** A channel in answers and notifications of WhatsApp's GraphQL. Anything of it may be missing. */
export type RawChannel = {
	id?: string
	state?: { type?: string } | null
	thread_metadata?: {
		creation_time?: string
		name?: { text?: string } | null
		description?: { text?: string } | null
		invite?: string | null
		subscribers_count?: string | null
		verification?: string | null
		picture?: RawPicture | null
		preview?: RawPicture | null
	} | null
	viewer_metadata?: { mute?: string | null; role?: string | null } | null
}

export type RawPicture = { id?: string; url?: string | null; direct_path?: string | null }

export const readRole = (role: string | null | undefined): ChannelRole | null =>
	channelRoles.find((known) => known === role?.toLowerCase()) ?? null

export const readMuted = (mute: string | null | undefined): boolean | null =>
	mute === 'ON' ? true : mute === 'OFF' ? false : null

export const readChannelState = (state: string | null | undefined): string | null =>
	state?.toLowerCase() || null

/** How often a post was seen, and how often it has which emoji, as far as WhatsApp says. */
export function countsOf(post: BinaryNode) {
	const views = getBinaryNodeChild(post, 'views_count')?.attrs.count
	const reactions = getBinaryNodeChildren(getBinaryNodeChild(post, 'reactions'), 'reaction')
	const counts = reactions.flatMap(({ attrs: { code, count } }) =>
		code ? [[code, Number(count)] as const] : [],
	)
	return {
		views: views === undefined ? null : Number(views),
		reactions: Object.fromEntries(counts) as Record<string, number>,
	}
}
