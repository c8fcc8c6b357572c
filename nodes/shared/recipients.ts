import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow'
import { sessionOf } from './sessions'
import { callGateway } from './transport'

interface Chat {
	id: string
	phone: string | null
	name: string | null
}

interface Contact {
	jid: string
	phone: string | null
	full_name: string | null
	push_name: string | null
	business_name: string | null
}

interface Group {
	jid: string
	name: string
	participant_count: number
}

const chatLabel = ({ id, phone, name }: Chat): string => {
	const number = phone ? `+${phone}` : id
	return name ? `${name} (${number})` : number
}

const groupLabel = ({ name, participant_count: count }: Group): string =>
	`${name} (group of ${count})`

async function pathTo(
	context: ILoadOptionsFunctions,
	list: string,
	filter: string,
	parameter = 'search',
): Promise<string> {
	const chosen = context.getCurrentNodeParameter('session', { extractValue: true })
	const session = await sessionOf(context, chosen)
	const query = filter ? `?${parameter}=${encodeURIComponent(filter)}` : ''
	return `/sessions/${encodeURIComponent(session)}/${list}${query}`
}

const groupResult = (group: Group): INodeListSearchItems => ({
	name: groupLabel(group),
	value: group.jid,
})

/** For the group picker: the groups that the session's account is in, by name. */
export async function searchGroups(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const path = await pathTo(this, 'groups', filter)
	const { groups } = await callGateway<{ groups: Group[] }>(this, 'GET', path)
	return { results: groups.map(groupResult) }
}

/** For the contact picker: the people whose names are known, by name. */
export async function searchContacts(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const path = await pathTo(this, 'contacts', filter, 'q')
	const { contacts } = await callGateway<{ contacts: Contact[] }>(this, 'GET', path)
	return {
		results: contacts.map(({ jid: id, phone, full_name, push_name, business_name }) => ({
			name: chatLabel({ id, phone, name: full_name ?? push_name ?? business_name }),
			value: id,
		})),
	}
}

/** For the label picker: the labels of a business account, by name. */
export async function searchLabels(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const { labels } = await callGateway<{ labels: { label_id: string; name: string }[] }>(
		this,
		'GET',
		await pathTo(this, 'labels', filter),
	)
	return { results: labels.map(({ name, label_id: value }) => ({ name, value })) }
}

interface Channel {
	jid: string
	name: string
	role: string | null
}

const channelsOf = async (context: ILoadOptionsFunctions, filter: string): Promise<Channel[]> => {
	const path = await pathTo(context, 'channels', filter)
	const { channels } = await callGateway<{ channels: Channel[] }>(context, 'GET', path)
	return channels
}

const channelResult = ({ name, jid }: Channel): INodeListSearchItems => ({
	name: `${name} (channel)`,
	value: jid,
})

const mayPost = ({ role }: Channel) => role === 'owner' || role === 'admin'

/** For the channel picker: the channels that the session's account owns, administers or follows, by name. */
export async function searchChannels(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const channels = await channelsOf(this, filter)
	return { results: channels.map(({ name, jid }) => ({ name, value: jid })) }
}

/** As `searchChannels`, those in which the account may post. */
export async function searchOwnChannels(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const channels = (await channelsOf(this, filter)).filter(mayPost)
	return { results: channels.map(({ name, jid }) => ({ name, value: jid })) }
}

/**
 * For the recipient picker: the session's chats, newest first, then the groups without a message so far, and the channels in
 * which the account may post.
 */
export async function searchRecipients(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const [{ chats }, { groups }, channels] = await Promise.all([
		callGateway<{ chats: Chat[] }>(this, 'GET', await pathTo(this, 'chats', filter)),
		callGateway<{ groups: Group[] }>(this, 'GET', await pathTo(this, 'groups', filter)),
		// Few have one: the others must be able to choose all the same where WhatsApp does not list them.
		channelsOf(this, filter).catch(() => []),
	])
	const more = new Map([
		...groups.map((group) => [group.jid, groupResult(group)] as const),
		...channels.filter(mayPost).map((channel) => [channel.jid, channelResult(channel)] as const),
	])
	const recent = chats.map((chat) => {
		const known = more.get(chat.id)
		more.delete(chat.id)
		return known ?? { name: chatLabel(chat), value: chat.id }
	})
	return { results: [...recent, ...more.values()] }
}

interface Community {
	jid: string
	name: string
}

/** For the community picker: those that the session's account is in, by name. */
export async function searchCommunities(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const path = await pathTo(this, 'communities', filter)
	const { communities } = await callGateway<{ communities: Community[] }>(this, 'GET', path)
	return { results: communities.map(({ jid, name }) => ({ name, value: jid })) }
}
