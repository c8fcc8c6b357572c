import { z } from '@hono/zod-openapi'
import { defineMessage } from '../define.ts'

/** Where something is, for every type that says so. */
export const coordinates = {
	latitude: z
		.number()
		.min(-90)
		.max(90)
		.meta({ title: 'Latitude', description: 'Degrees, north positive', examples: [-6.2088] }),
	longitude: z
		.number()
		.min(-180)
		.max(180)
		.meta({ title: 'Longitude', description: 'Degrees, east positive', examples: [106.8456] }),
}

const shortText = z.string().max(1_024)

export const place = {
	...coordinates,
	name: shortText
		.optional()
		.meta({ title: 'Name', description: 'Name of the place', examples: ['Jakarta'] }),
	address: shortText.optional().meta({
		title: 'Address',
		description: 'Address, shown below the name',
		examples: ['Jakarta, Indonesia'],
	}),
}

export const location = defineMessage({
	type: 'location',
	title: 'Location',
	description: 'A location on the map.',
	schema: z.object({
		...place,
		url: z
			.url()
			.max(2_048)
			.optional()
			.meta({
				title: 'URL',
				description: 'Link that a tap on the name opens',
				examples: ['https://example.com'],
			}),
	}),
	toContent: ({ latitude, longitude, name, address, url }) => ({
		locationMessage: {
			degreesLatitude: latitude,
			degreesLongitude: longitude,
			name,
			address,
			url,
		},
	}),
	fromContent({ locationMessage: pin }) {
		if (pin?.degreesLatitude == null || pin.degreesLongitude == null) return undefined
		return {
			latitude: pin.degreesLatitude,
			longitude: pin.degreesLongitude,
			name: pin.name || undefined, // protobuf spells "absent" as ''
			address: pin.address || undefined,
			url: pin.url || undefined,
		}
	},
	textOf: ({ name, address }) => [name, address].filter(Boolean).join(', ') || undefined,
})
