import { recipient } from '../../shared/descriptions'
import { asking, each, ofSession, onSession, resourceWith } from '../routing'

const { routing: _, ...named } = recipient

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
		onSession(
			{
				name: 'Get',
				value: 'get',
				action: 'Get a group and its members',
				description: 'Get the name, the description and the members of a group',
				routing: asking(`${ofSession('/groups', 'to')}/info`),
			},
			[{ ...named, displayName: 'Group', description: 'The group to get' }],
		),
	],
)
