import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow'
import { callGateway } from './transport'

interface Chat {
	id: string
	phone: string | null
	name: string | null
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

/** For the recipient picker: the session's chats, newest first, then all its groups. */
export async function searchRecipients(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const session = this.getCurrentNodeParameter('session', { extractValue: true })
	const path = `/sessions/${encodeURIComponent(String(session ?? ''))}`
	const query = filter ? `?search=${encodeURIComponent(filter)}` : ''
	const [{ chats }, { groups }] = await Promise.all([
		callGateway<{ chats: Chat[] }>(this, 'GET', `${path}/chats${query}`),
		callGateway<{ groups: Group[] }>(this, 'GET', `${path}/groups${query}`),
	])
	const people = chats.filter(({ id }) => !id.endsWith('@g.us'))
	return {
		results: [
			...people.map((chat) => ({ name: chatLabel(chat), value: chat.id })),
			...groups.map((group) => ({ name: groupLabel(group), value: group.jid })),
		],
	}
}
