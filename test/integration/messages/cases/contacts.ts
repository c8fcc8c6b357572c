import type { Case } from '../support/conversation.ts'

const vcard = (name: string) =>
	`BEGIN:VCARD\nVERSION:3.0\nN:;${name};;;\nFN:${name}\nTEL;type=CELL;type=VOICE;waid=4930123:+4930123\nEND:VCARD`

const phones = [{ number: '+4930123', phone_type: 'CELL' }]

const known = [{ ...phones[0], wa_id: '4930123' }]

export const cases: Case[] = [
	{
		send: {
			contacts: [
				{ display_name: 'Ann', phones },
				{ display_name: 'Bob', phones },
			],
		},
		arrives: {
			contactsArrayMessage: {
				displayName: '2 contacts',
				contacts: [
					{ displayName: 'Ann', vcard: vcard('Ann') },
					{ displayName: 'Bob', vcard: vcard('Bob') },
				],
			},
		},
		receive: {
			contactsArrayMessage: {
				displayName: 'friends',
				contacts: [
					{ displayName: 'Ann', vcard: vcard('Ann') },
					{ displayName: 'Bob', vcard: vcard('Bob') },
				],
			},
		},
		event: {
			type: 'contacts',
			text: 'Ann, Bob',
			display_name: 'friends',
			contacts: [
				{ display_name: 'Ann', phones: known },
				{ display_name: 'Bob', phones: known },
			],
		},
	},
]
