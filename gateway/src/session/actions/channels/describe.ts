import { answerUnreadable } from '../../ask/whatsapp-errors.ts'
import type { ChannelRole } from '../../../events/fields/channel.ts'
import {
	readMuted,
	readRole,
	readChannelState,
	type RawChannel,
	type RawPicture,
} from '../../channel-fields.ts'

/** What WhatsApp tells of a channel. */
export type Channel = {
	jid: string
	name: string
	description: string | null
	/** The code of its invite link. */
	invite: string | null
	invite_link: string | null
	/** The URL of its picture. */
	picture: string | null
	verified: boolean
	subscribers: number | null
	/** What the account is in it; null if WhatsApp does not say. */
	role: ChannelRole | null
	muted: boolean | null
	/** `active`, or why nobody can use it: `suspended`, `geosuspended`, `deleted` … */
	state: string
	/** Unix time in seconds. */
	created_at: number | null
}

export const CHANNEL_LINK = 'https://whatsapp.com/channel/'
const PICTURES = 'https://pps.whatsapp.net'

/** @throws GatewayError whatsapp_answer_unreadable for something that is no channel */
export function describeChannel(raw: unknown): Channel {
	const { id, state, thread_metadata: thread, viewer_metadata: viewer } = Object(raw) as RawChannel
	if (!id) throw answerUnreadable('it has no channel')
	const { invite, subscribers_count: count, creation_time: created } = thread ?? {}
	return {
		jid: id,
		name: thread?.name?.text ?? '',
		description: thread?.description?.text || null,
		invite: invite || null,
		invite_link: invite ? `${CHANNEL_LINK}${invite}` : null,
		picture: urlOf(thread?.picture) ?? urlOf(thread?.preview),
		verified: thread?.verification === 'VERIFIED',
		subscribers: count === undefined || count === null ? null : Number(count),
		role: readRole(viewer?.role),
		muted: readMuted(viewer?.mute),
		state: readChannelState(state?.type) ?? 'active',
		created_at: Number(created) || null,
	}
}

function urlOf(picture: RawPicture | null | undefined): string | null {
	if (picture?.url) return picture.url
	return picture?.direct_path ? `${PICTURES}${picture.direct_path}` : null
}
