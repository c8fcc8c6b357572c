import type { INodeProperties } from 'n8n-workflow'
import { binaryField } from '../../shared/descriptions'
import { askingForFile, doing, ofSession, onSession, resourceWith } from '../routing'

const state: INodeProperties = {
	displayName: 'Presence',
	name: 'state',
	type: 'options',
	options: [
		{ name: 'Available', value: 'available' },
		{ name: 'Unavailable', value: 'unavailable' },
	],
	default: 'available',
	description: 'While the account is available, the phone shows fewer notifications',
	routing: { send: { type: 'body', property: 'state' } },
}

export const session = resourceWith(
	{ name: 'Session', value: 'session', description: 'The WhatsApp accounts that are linked' },
	[
		onSession({
			name: 'Disconnect',
			value: 'disconnect',
			action: 'Disconnect a session',
			description: 'Stay away from WhatsApp until connected again; the account stays linked',
			routing: doing(`${ofSession()}/disconnect`),
		}),
		onSession(
			{
				name: 'Set Presence',
				value: 'setPresence',
				action: 'Set the presence of a session',
				description: 'Show others whether the account is online',
				routing: doing(ofSession('/presence')),
			},
			[state],
		),
		onSession(
			{
				name: 'Get QR Code',
				value: 'getQr',
				action: 'Get the QR code that links a session',
				description: 'Get a QR code to scan in WhatsApp: Linked devices, Link a device',
				routing: askingForFile(`${ofSession('/qr')}?format=png`),
			},
			[binaryField],
		),
	],
)
