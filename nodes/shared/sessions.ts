import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow'
import { callGateway } from './transport'

interface Session {
	id: string
	name: string | null
	status: string
	me: { phone: string | null } | null
}

const label = ({ id, name, status, me }: Session): string =>
	`${name || id} (${me?.phone ? `+${me.phone.replace(/^\+/, '')}, ` : ''}${status})`

const matches = (text: string, filter = ''): boolean =>
	text.toLowerCase().includes(filter.toLowerCase())

/** For the session picker: every session that the credential's key may use. */
export async function searchSessions(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const { sessions } = await callGateway<{ sessions: Session[] }>(this, 'GET', '/sessions')
	return {
		results: sessions
			.map((session) => ({ name: label(session), value: session.id }))
			.filter(({ name, value }) => matches(`${name} ${value}`, filter)),
	}
}
