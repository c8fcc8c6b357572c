import type { INodeProperties } from 'n8n-workflow'

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
			...(hasPhone
				? [
						{
							displayName: 'Phone',
							name: 'phone',
							type: 'string' as const,
							placeholder: 'e.g. +49 170 1234567',
							hint: 'With the country code',
						},
					]
				: []),
			{ displayName: 'By ID', name: 'id', type: 'string' as const, placeholder: `e.g. ${example}` },
		],
	}
}

/** A field as the generator writes it down. */
export type FormField = INodeProperties & { picker?: Picker }

/** The field as n8n shows it. */
export const shownField = ({ picker, ...field }: FormField): INodeProperties => {
	if (!picker) return field
	const { displayName, name, description = '', placeholder = '', routing } = field
	const example = placeholder.replace(/^e\.g\. /, '')
	return { ...locator(picker, { displayName, name, description, example }), routing }
}
