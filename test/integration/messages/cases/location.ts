import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: {
			latitude: -6.2088,
			longitude: 106.8456,
			name: 'Jakarta',
			address: 'Jakarta, Indonesia',
		},
		arrives: {
			locationMessage: {
				degreesLatitude: -6.2088,
				degreesLongitude: 106.8456,
				name: 'Jakarta',
				address: 'Jakarta, Indonesia',
			},
		},
		receive: { locationMessage: { degreesLatitude: 41.0082, degreesLongitude: 28.9784 } },
		event: { type: 'location', text: null, latitude: 41.0082, longitude: 28.9784 },
	},
	{
		send: { latitude: 0, longitude: 0 },
		arrives: { locationMessage: { degreesLatitude: 0, degreesLongitude: 0 } },
		receive: { locationMessage: { degreesLatitude: 0, degreesLongitude: 0, name: 'Null Island' } },
		event: {
			type: 'location',
			text: 'Null Island',
			latitude: 0,
			longitude: 0,
			name: 'Null Island',
		},
	},
]
