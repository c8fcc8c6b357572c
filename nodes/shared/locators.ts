import type { INodeProperties, INodePropertyMode } from 'n8n-workflow'

/** What can be picked from a list. */
export type Picker = 'group' | 'community' | 'channel' | 'contact' | 'chat' | 'label'

interface Words {
	displayName: string
	name: string
	description: string
	example: string
}

const searches: Record<Picker, string> = {
	group: 'searchGroups',
	community: 'searchCommunities',
	channel: 'searchChannels',
	contact: 'searchContacts',
	chat: 'searchRecipients',
	label: 'searchLabels',
}

const phone: INodePropertyMode = {
	displayName: 'Phone',
	name: 'phone',
	type: 'string',
	placeholder: 'e.g. +49 170 1234567',
	hint: 'With the country code',
}

/** A field to pick something, from a list or by its id. The node must offer the list search of the picker. */
export function locator(
	picker: Picker,
	{ displayName, name, description, example }: Words,
): INodeProperties {
	const hasPhone = picker === 'contact' || picker === 'chat'
	return {
		displayName,
		name,
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: searches[picker], searchable: true },
			},
			...(hasPhone ? [phone] : []),
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${example}` },
		],
	}
}
