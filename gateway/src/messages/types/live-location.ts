import { z } from '@hono/zod-openapi'
import { captioned } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { coordinates } from './location.ts'

export const liveLocation = defineMessage({
	type: 'live-location',
	title: 'Live Location',
	description: 'A live location. One position is sent; it is not updated.',
	schema: z.object({
		...coordinates,
		...captioned,
		accuracy: z
			.number()
			.int()
			.min(0)
			.max(100_000)
			.optional()
			.meta({ title: 'Accuracy', description: 'Accuracy in meters', examples: [12] }),
		speed: z
			.number()
			.min(0)
			.max(1_000)
			.optional()
			.meta({ title: 'Speed', description: 'Speed in meters per second', examples: [1.5] }),
		heading: z
			.number()
			.int()
			.min(0)
			.max(359)
			.optional()
			.meta({ title: 'Heading', description: 'Degrees clockwise from north', examples: [90] }),
		sequence: z
			.number()
			.int()
			.min(0)
			.max(Number.MAX_SAFE_INTEGER)
			.optional()
			.meta({
				title: 'Sequence',
				description: 'Number that grows with each position of one sharing',
				examples: [1],
			}),
	}),
	toContent: ({ latitude, longitude, caption, accuracy, speed, heading, sequence }) => ({
		liveLocationMessage: {
			degreesLatitude: latitude,
			degreesLongitude: longitude,
			caption,
			accuracyInMeters: accuracy,
			speedInMps: speed,
			degreesClockwiseFromMagneticNorth: heading,
			sequenceNumber: sequence,
		},
	}),
	fromContent({ liveLocationMessage: live }) {
		if (live?.degreesLatitude == null || live.degreesLongitude == null) return undefined
		return {
			latitude: live.degreesLatitude,
			longitude: live.degreesLongitude,
			caption: live.caption || undefined,
			accuracy: live.accuracyInMeters || undefined,
			speed: live.speedInMps || undefined,
			heading: live.degreesClockwiseFromMagneticNorth || undefined,
			sequence: Number(live.sequenceNumber ?? 0) || undefined,
		}
	},
	textOf: ({ caption }) => caption,
})
