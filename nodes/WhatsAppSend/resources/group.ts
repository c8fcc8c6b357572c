import { asking, each, ofSession, onSession, resourceWith } from '../reading'

export const group = resourceWith(
	{ name: 'Group', value: 'group', description: 'Groups and invitations to them' },
	[
		onSession({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many groups',
			description: 'Get all groups that the account is in',
			routing: asking(ofSession('/groups'), each('groups')),
		}),
	],
)
