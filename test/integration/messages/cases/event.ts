import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: {
			name: 'Team lunch',
			description: 'Bring an umbrella',
			start_time: '2030-01-31T13:00:00+01:00',
			end_time: '2030-01-31T13:00:00Z',
			location: { latitude: 1, longitude: 2, name: 'Canteen' },
		},
		arrives: {
			eventMessage: {
				name: 'Team lunch',
				description: 'Bring an umbrella',
				startTime: Date.UTC(2030, 0, 31, 12) / 1000,
				endTime: Date.UTC(2030, 0, 31, 13) / 1000,
				isCanceled: false,
				location: { degreesLatitude: 1, degreesLongitude: 2, name: 'Canteen' },
			},
		},
		receive: {
			eventMessage: {
				location: { name: 'Kiosk' },
				name: 'Party',
				startTime: Date.UTC(2030, 5, 1, 20) / 1000,
			},
		},
		event: {
			type: 'event',
			text: 'Party',
			name: 'Party',
			start_time: '2030-06-01T20:00:00.000Z',
			location: { name: 'Kiosk' },
		},
	},
	{
		send: {
			name: 'Party',
			start_time: '2030-06-01T20:00:00Z',
			location: { name: 'Kiosk' },
		},
		arrives: {
			eventMessage: {
				name: 'Party',
				startTime: Date.UTC(2030, 5, 1, 20) / 1000,
				isCanceled: false,
				location: { name: 'Kiosk' },
			},
		},
	},
]
