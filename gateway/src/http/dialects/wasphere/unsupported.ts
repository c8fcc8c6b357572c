import type { Endpoint } from '../dialect.ts'
import { notSupported } from '../read.ts'
import { API } from './session.ts'

const one = `${API}/{sessionId}`
const group = `${one}/groups/{groupId}`
const contact = `${one}/contacts/{number}`

type UnsupportedRoute = [method: Endpoint['method'], path: string, what: string]

/** What WaSphere has and this gateway does not, or has in its native API. */
const unsupportedRoutes: UnsupportedRoute[] = [
	['patch', `${one}/config`, 'Configuring delays and automatic read receipts'],
	['get', `${one}/capabilities`, 'Listing capabilities'],
	['post', `${one}/groups`, 'Creating a group'],
	['post', `${one}/groups/join`, 'Joining a group'],
	['get', `${group}/picture`, 'Getting the picture of a group'],
	...['picture', 'name', 'description', 'settings'].map(
		(what) => ['put', `${group}/${what}`, 'Changing a group'] as UnsupportedRoute,
	),
	...['add', 'remove', 'promote', 'demote'].map(
		(what) =>
			[
				'post',
				`${group}/participants/${what}`,
				'Changing the participants of a group',
			] as UnsupportedRoute,
	),
	['post', `${group}/leave`, 'Leaving a group'],
	['get', `${group}/invite-link`, 'Getting the invite link of a group'],
	['post', `${group}/invite-link/revoke`, 'Revoking the invite link of a group'],
	['get', `${one}/profile`, 'Getting the profile of an account'],
	['post', `${one}/profile/name`, 'Changing the profile of an account'],
	['post', `${one}/profile/about`, 'Changing the profile of an account'],
	['post', `${one}/profile/picture`, 'Changing the profile of an account'],
	['delete', `${one}/profile/picture`, 'Changing the profile of an account'],
	['get', `${contact}/picture`, 'Getting the picture of a contact'],
	['get', `${contact}/about`, 'Getting the about text of a contact'],
	['post', `${contact}/block`, 'Blocking a contact'],
	['post', `${contact}/unblock`, 'Unblocking a contact'],
	['post', `${contact}/presence/subscribe`, 'Subscribing to the presence of a contact'],
	['get', `${one}/templates`, 'Using templates of the Cloud API'],
	['post', `${one}/messages/template`, 'Using templates of the Cloud API'],
	['post', `${one}/messages/bulk`, 'Sending in bulk'],
	['get', `${one}/messages/bulk/{jobId}`, 'Sending in bulk'],
]

/** Routes of WaSphere that respond with `not_supported`. */
export const unsupportedEndpoints: Endpoint[] = unsupportedRoutes.map(([method, path, what]) => ({
	method,
	path,
	summary: `Not supported: ${what[0]!.toLowerCase()}${what.slice(1)}`,
	run() {
		throw notSupported(what)
	},
}))
