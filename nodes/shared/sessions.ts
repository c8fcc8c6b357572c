import type {
	IExecuteFunctions,
	IExecutePaginationFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	INodeListSearchResult,
} from 'n8n-workflow'
import { NodeOperationError } from 'n8n-workflow'
import { callGateway, CREDENTIAL } from './transport'

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

type Caller =
	IExecuteFunctions | IExecutePaginationFunctions | IHookFunctions | ILoadOptionsFunctions

/**
 * The session to use: the chosen one, else that of the credential, else the only one that its key may use.
 * @throws NodeOperationError if there is none, or more than one
 */
export async function sessionOf(caller: Caller, chosen: unknown): Promise<string> {
	if (chosen) return String(chosen)
	const { session } = await caller.getCredentials<{ session?: string }>(CREDENTIAL)
	if (session) return session
	const { sessions } = await callGateway<{ sessions: Session[] }>(caller, 'GET', '/sessions')
	const [only, ...more] = sessions
	if (only && more.length === 0) return only.id
	const ids = sessions.map(({ id }) => id).join(', ')
	throw new NodeOperationError(
		caller.getNode(),
		only ? `Choose a session: there are ${ids}` : 'The gateway has no session for this API key',
		{
			description: only
				? 'Choose one in this node, or set the Default Session of the credential.'
				: 'Make one with POST /api/v1/sessions, or give the key access to one.',
		},
	)
}

/** The address of a request with its session, where none was chosen. */
export async function sessionIn(caller: Caller, url: string): Promise<string> {
	const [start = '', base, rest = ''] = /^(\/api\/v1\/sessions\/)((?:[/?].*)?)$/.exec(url) ?? []
	return start ? `${base}${encodeURIComponent(await sessionOf(caller, ''))}${rest}` : url
}

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
