import type { Endpoint } from '../dialect.ts'
import { cannot } from '../read.ts'
import { API } from './session.ts'

const one = `${API}/{sessionId}`
const hooks = '/{workspaceId}/webhooks'
const native =
	'the native API has them for each session: /api/v1/sessions/{id}/webhooks. This address'

/** What WaSphere has and this gateway does not, or has elsewhere. */
const addresses: [method: Endpoint['method'], path: string, what: string][] = [
	['patch', `${one}/config`, 'Delays, and reading what comes in by itself,'],
	['get', `${one}/capabilities`, 'A list of capabilities'],
	['get', `${one}/templates`, 'A template of the Cloud API'],
	['post', `${one}/messages/template`, 'A template of the Cloud API'],
	['post', `${one}/messages/bulk`, 'A bulk job'],
	['get', `${one}/messages/bulk/{jobId}`, 'A bulk job'],
	['get', hooks, `Webhooks of a workspace: ${native}`],
	['post', hooks, `Webhooks of a workspace: ${native}`],
	['patch', `${hooks}/{webhookId}`, `Webhooks of a workspace: ${native}`],
	['delete', `${hooks}/{webhookId}`, `Webhooks of a workspace: ${native}`],
	['post', `${hooks}/{webhookId}/test`, `Webhooks of a workspace: ${native}`],
]

/** Addresses of theirs that answer that they are not supported. */
export const refused: Endpoint[] = addresses.map(([method, path, what]) => ({
	method,
	path,
	summary: 'Not supported',
	run() {
		throw cannot(what)
	},
}))
