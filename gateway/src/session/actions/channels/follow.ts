import type { SessionDeps } from '../../session-deps.ts'
import { changeChannels, tellChannel, type ChannelChange } from './change.ts'
import { channelJid } from './find.ts'
import { channelQueries } from '../../ask/channel-queries.ts'

/** What a follower does, and what `channel.updated` says then. */
const changes = {
	follow: { role: 'subscriber' },
	unfollow: { role: 'guest' },
	mute: { muted: true },
	unmute: { muted: false },
} as const satisfies Record<string, ChannelChange>

export type FollowerChange = keyof typeof changes

/**
 * Follows a channel, mutes it, or the opposite.
 * @throws as `findChannel`; whatsapp_forbidden for the owner, who cannot follow or leave, whatsapp_limit_reached for an
 * account that follows too many, whatsapp_region_blocked
 */
export async function changeFollowing(
	deps: SessionDeps,
	channel: string,
	change: FollowerChange,
): Promise<void> {
	const jid = await channelJid(deps, channel)
	await changeChannels(deps, channelQueries[change], { newsletter_id: jid })
	await tellChannel(deps, jid, changes[change])
}
