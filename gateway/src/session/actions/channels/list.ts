import { channelsOf } from '../../ask/channel-list.ts'
import type { ChannelRole } from '../../../events/fields/channel.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { matches } from '../matches.ts'
import { describeChannel, type Channel } from './describe.ts'

export type ChannelFilter = { search: string; role?: ChannelRole | undefined }

/**
 * The channels that the account follows or has a part in, by name.
 * @throws GatewayError those of `askWhatsApp`
 */
export async function listChannels(
	{ socket }: SessionDeps,
	{ search, role }: ChannelFilter,
): Promise<Channel[]> {
	return (await channelsOf(socket))
		.map(describeChannel)
		.filter((channel) => role === undefined || channel.role === role)
		.filter(({ name, jid }) => matches(search, name, jid))
		.sort((a, b) => a.name.localeCompare(b.name))
}
