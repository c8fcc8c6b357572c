import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: { latitude: 1.5, longitude: 2.5, caption: 'on my way', accuracy: 12, sequence: 7 },
		arrives: {
			liveLocationMessage: {
				degreesLatitude: 1.5,
				degreesLongitude: 2.5,
				caption: 'on my way',
				accuracyInMeters: 12,
				sequenceNumber: 7,
			},
		},
		receive: {
			liveLocationMessage: {
				degreesLatitude: 3,
				degreesLongitude: 4,
				caption: 'coming',
				degreesClockwiseFromMagneticNorth: 90,
				sequenceNumber: 5,
			},
		},
		event: {
			type: 'live-location',
			text: 'coming',
			latitude: 3,
			longitude: 4,
			caption: 'coming',
			heading: 90,
			sequence: 5,
		},
	},
]
