import { GatewayError, isGatewayError } from '../../../errors.ts'
import { element } from '../../ask/element.ts'
import { askIq } from '../../ask/iq.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { changeChannels, tellChannel, type ChannelChange } from './change.ts'
import { describeChannel, type Channel } from './describe.ts'
import { channelJid } from './find.ts'
import { channelQueries } from '../../ask/channel-queries.ts'

export type NewChannel = {
	name: string
	description?: string | undefined
	/** A square JPEG. */
	picture?: Uint8Array | undefined
}

/** Of the terms that WhatsApp shows before somebody makes their first channel, as whatsmeow accepts them. */
const TERMS = { id: '20601218', stage: '5' }

/** Creates a channel, as its owner. @throws GatewayError those of `askWhatsApp` */
export async function createChannel(
	deps: SessionDeps,
	{ name, description, picture }: NewChannel,
): Promise<Channel> {
	await acceptTerms(deps)
	const input = {
		name,
		description: description || null,
		...(picture && { picture: base64(picture) }),
	}
	const made = describeChannel(await changeChannels(deps, channelQueries.create, { input }))
	const channel = { ...made, role: made.role ?? ('owner' as const) }
	await tellChannel(deps, channel.jid, { name: channel.name, role: channel.role })
	return channel
}

/** If WhatsApp refuses that, it may have been done before: what counts is whether it takes the channel. */
async function acceptTerms({ socket }: SessionDeps): Promise<void> {
	const content = [element('notice', TERMS)]
	await askIq(socket, { type: 'set', xmlns: 'tos', content }).catch((error: unknown) => {
		if (!isGatewayError(error) || !error.facts.whatsapp_code) throw error
	})
}

export type ChannelUpdate = {
	name?: string | undefined
	/** Empty removes it. */
	description?: string | undefined
}

/** Changes name and description. @throws GatewayError invalid_request if none is given, and as `findChannel` */
export async function updateChannel(
	deps: SessionDeps,
	channel: string,
	{ name, description }: ChannelUpdate,
): Promise<Channel> {
	const change = {
		...(name !== undefined && { name }),
		...(description !== undefined && { description }),
	}
	if (!Object.keys(change).length)
		throw new GatewayError('invalid_request', 'Give `name`, `description`, or both.')
	return update(deps, channel, change, change)
}

/** @param jpeg a square one; undefined removes the picture. @throws as `findChannel` */
export async function setChannelPicture(
	deps: SessionDeps,
	channel: string,
	jpeg: Uint8Array | undefined,
): Promise<Channel> {
	const picture = jpeg ? base64(jpeg) : ''
	return update(deps, channel, { picture }, { picture: jpeg ? 'changed' : 'removed' })
}

async function update(
	deps: SessionDeps,
	channel: string,
	updates: { name?: string; description?: string; picture?: string },
	told: ChannelChange,
): Promise<Channel> {
	const jid = await channelJid(deps, channel)
	const variables = { newsletter_id: jid, updates: { ...updates, settings: null } }
	const changed = describeChannel(await changeChannels(deps, channelQueries.update, variables))
	await tellChannel(deps, jid, told)
	return changed
}

/** Deletes a channel for everybody. Only its owner may. @throws as `findChannel` */
export async function deleteChannel(deps: SessionDeps, channel: string): Promise<void> {
	const jid = await channelJid(deps, channel)
	await changeChannels(deps, channelQueries.delete, { newsletter_id: jid })
	await tellChannel(deps, jid, { state: 'deleted' })
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
