import type { Endpoint } from '../dialect.ts'
import { cannot } from '../read.ts'
import { API } from './session.ts'

const one = `${API}/{sessionId}`
const group = `${one}/groups/{groupId}`
const contact = `${one}/contacts/{number}`

type Address = [method: Endpoint['method'], path: string, what: string]

/** What WaSphere has and this gateway does not, or has elsewhere. */
const addresses: Address[] = [
	['patch', `${one}/config`, 'Delays, and reading what comes in by itself,'],
	['get', `${one}/capabilities`, 'A list of capabilities'],
	['post', `${one}/groups`, 'Making a group'],
	['post', `${one}/groups/join`, 'Joining a group'],
	['get', `${group}/picture`, 'The picture of a group'],
	...['picture', 'name', 'description', 'settings'].map(
		(what) => ['put', `${group}/${what}`, 'Changing a group'] as Address,
	),
	...['add', 'remove', 'promote', 'demote'].map(
		(what) => ['post', `${group}/participants/${what}`, 'Changing who is in a group'] as Address,
	),
	['post', `${group}/leave`, 'Leaving a group'],
	['get', `${group}/invite-link`, 'The invite link of a group'],
	['post', `${group}/invite-link/revoke`, 'The invite link of a group'],
	['get', `${one}/profile`, 'The profile of an account'],
	['post', `${one}/profile/name`, 'The profile of an account'],
	['post', `${one}/profile/about`, 'The profile of an account'],
	['post', `${one}/profile/picture`, 'The profile of an account'],
	['delete', `${one}/profile/picture`, 'The profile of an account'],
	['get', `${contact}/picture`, 'The picture of a contact'],
	['get', `${contact}/about`, 'What a contact says of itself'],
	['post', `${contact}/block`, 'Blocking a contact'],
	['post', `${contact}/unblock`, 'Blocking a contact'],
	['post', `${contact}/presence/subscribe`, 'Watching whether a contact is online'],
	['get', `${one}/templates`, 'A template of the Cloud API'],
	['post', `${one}/messages/template`, 'A template of the Cloud API'],
	['post', `${one}/messages/bulk`, 'A bulk job'],
	['get', `${one}/messages/bulk/{jobId}`, 'A bulk job'],
]

/** Addresses of theirs that answer that they are not supported. */
export const unsupported: Endpoint[] = addresses.map(([method, path, what]) => ({
	method,
	path,
	summary: 'Not supported',
	run() {
		throw cannot(what)
	},
}))
