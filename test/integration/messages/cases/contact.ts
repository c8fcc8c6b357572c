import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: {
			contact: {
				display_name: 'John Doe; Jr.',
				phones: [
					{ number: '+628123456789', phone_type: 'CELL' },
					{ number: '+49 30 123' },
					{ number: '0151 12345678', wa_id: '4915112345678' },
				],
				organization: 'Example, Ltd',
				url: 'https://example.com',
			},
		},
		arrives: {
			contactMessage: {
				displayName: 'John Doe; Jr.',
				vcard: [
					'BEGIN:VCARD',
					'VERSION:3.0',
					'N:;John Doe\\; Jr.;;;',
					'FN:John Doe\\; Jr.',
					'ORG:Example\\, Ltd;',
					'URL:https://example.com',
					'TEL;type=CELL;type=VOICE;waid=628123456789:+628123456789',
					'TEL;type=CELL;type=VOICE;waid=4930123:+49 30 123',
					'TEL;type=CELL;type=VOICE;waid=4915112345678:0151 12345678',
					'END:VCARD',
				].join('\n'),
			},
		},
		receive: {
			contactMessage: {
				displayName: 'Jane',
				vcard: [
					'BEGIN:VCARD',
					'VERSION:3.0',
					'N:Doe;Jane;;;',
					'FN:Jane Doe',
					'ORG:Example\\, Ltd;',
					'item1.TEL;waid=4915112345678:+49 151 ',
					' 12345678',
					'item1.X-ABLabel:Mobile',
					'TEL;type=WORK;type=VOICE:+49 30 1234',
					'URL:https://example.com/jane',
					'END:VCARD',
				].join('\r\n'),
			},
		},
		event: {
			type: 'contact',
			text: 'Jane',
			contact: {
				display_name: 'Jane',
				phones: [
					{
						number: '+49 151 12345678',
						phone_type: 'CELL',
						wa_id: '4915112345678',
						label: 'Mobile',
					},
					{ number: '+49 30 1234', phone_type: 'WORK' },
				],
				organization: 'Example, Ltd',
				url: 'https://example.com/jane',
			},
		},
	},
]
