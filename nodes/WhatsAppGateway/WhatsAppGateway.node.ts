import type { INodeType, INodeTypeDescription } from 'n8n-workflow'
import { NodeConnectionTypes } from 'n8n-workflow'
import { icon } from '../shared/descriptions'
import {
	searchChannels,
	searchCommunities,
	searchContacts,
	searchGroups,
	searchLabels,
	searchOwnChannels,
	searchRecipients,
} from '../shared/recipients'
import { searchSessions } from '../shared/sessions'
import { CREDENTIAL } from '../shared/transport'
import { properties } from './resource'
import { resources } from './resources'

export class WhatsAppGateway implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Send',
		name: 'whatsAppGateway',
		icon,
		group: ['output'],
		version: 1,
		// As words: "group: get many", "message action: mark as read".
		subtitle:
			'={{ ($parameter["resource"] + ": " + $parameter["operation"].replace("getAll", "getMany")).replace(/([A-Z])|-/g, " $1").toLowerCase().replace(/  +/g, " ") }}',
		description: 'Send every kind of WhatsApp message through your own gateway',
		defaults: { name: 'WhatsApp Send' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL, required: true }],
		requestDefaults: {
			baseURL: '={{ $credentials.baseUrl }}',
			headers: { Accept: 'application/json' },
			// Refusals are read by failWhenRefused: n8n's own message would hide what to do about them.
			ignoreHttpStatusErrors: true,
		},
		properties: properties(resources, 'message'),
	}

	methods = {
		listSearch: {
			searchSessions,
			searchRecipients,
			searchGroups,
			searchCommunities,
			searchChannels,
			searchOwnChannels,
			searchContacts,
			searchLabels,
		},
	}
}
