import { GatewayError } from '../../../errors.ts'
import { askMex } from '../../ask/mex.ts'
import { refusedWith } from '../../ask/whatsapp-errors.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { describeChannel, type Channel } from './describe.ts'
import { channelQueries } from '../../ask/channel-queries.ts'

type ChannelKey = { type: 'JID' | 'INVITE'; key: string }

/**
 * Reads how a request names a channel: by its id, with the ending or without, by an invite code, or by the link with it.
 * @throws GatewayError invalid_recipient, naming the field
 */
export function readChannelKey(given: string, field = 'channel'): ChannelKey {
	const text = given
		.trim()
		.replace(/^(https?:\/\/)?(www\.)?whatsapp\.com\/channel\//i, '')
		.replace(/[/?#].*$/, '')
	const id = /^(\d{15,25})(@newsletter)?$/.exec(text)
	if (id) return { type: 'JID', key: `${id[1]}@newsletter` }
	if (/^[\w-]{10,64}$/.test(text)) return { type: 'INVITE', key: text }
	const advice = `\`${given.slice(0, 60)}\` is no channel. Give \`${field}\` as an id (\`…@newsletter\`), an invite code, or the link with it.`
	throw new GatewayError('invalid_recipient', advice, { field })
}

/** The code with which WhatsApp would refuse what concerns a channel in such a state. */
const refusals: Record<string, number> = { geosuspended: 451, non_existing: 404 }
const GONE = 410
const UNKNOWN = 404

/**
 * Asks WhatsApp for a channel that can be used.
 * @throws GatewayError invalid_recipient, naming the field, and those of `askWhatsApp`: whatsapp_gone for one that was
 * deleted or suspended
 */
export async function findChannel({ socket }: SessionDeps, given: string): Promise<Channel> {
	const asked = {
		fetch_creation_time: true,
		fetch_full_image: true,
		fetch_viewer_metadata: true,
		input: readChannelKey(given),
	}
	const found = await askMex(socket, channelQueries.metadata, asked)
	if (found === null) throw refusedWith(UNKNOWN, 'no such channel')
	const channel = describeChannel(found)
	if (channel.state !== 'active')
		throw refusedWith(refusals[channel.state] ?? GONE, `the channel is ${channel.state}`)
	return channel
}

/** The id of a channel; WhatsApp is asked for that of an invite code. @throws as `findChannel` */
export async function channelJid(deps: SessionDeps, given: string): Promise<string> {
	const { type, key } = readChannelKey(given)
	return type === 'JID' ? key : (await findChannel(deps, key)).jid
}
