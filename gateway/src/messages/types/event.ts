import { z } from '@hono/zod-openapi'
import { defineMessage } from '../define.ts'
import { readNamedPlace } from '../fields/read-place.ts'
import { readTime } from '../fields/read-time.ts'
import { coordinates, place } from './location.ts'

const moment = z.iso.datetime({
	offset: true,
	error: 'must be a time such as 2030-01-31T18:00:00Z',
})

/** A place on the map, or one that has a name alone. */
const namedPlace = z
	.object({
		...place,
		latitude: coordinates.latitude.optional(),
		longitude: coordinates.longitude.optional(),
	})
	.refine(({ latitude, longitude }) => latitude === undefined || longitude !== undefined, {
		path: ['longitude'],
		error: 'is needed with `latitude`',
	})
	.refine(({ latitude, longitude }) => longitude === undefined || latitude !== undefined, {
		path: ['latitude'],
		error: 'is needed with `longitude`',
	})
	.refine(({ latitude, name }) => latitude !== undefined || !!name, {
		path: ['name'],
		error: 'is needed without coordinates',
	})

export const event = defineMessage({
	type: 'event',
	title: 'Event',
	description: 'An event that people can accept or decline.',
	schema: z
		.object({
			name: z
				.string()
				.min(1)
				.max(255)
				.meta({ title: 'Name', description: 'Name of the event', examples: ['Team lunch'] }),
			description: z
				.string()
				.max(2_048)
				.optional()
				.meta({
					title: 'Description',
					description: 'Description of the event',
					examples: ['Bring an umbrella'],
				}),
			start_time: moment.meta({
				title: 'Start',
				description: 'Start of the event, ISO 8601',
				examples: ['2030-01-31T12:00:00Z'],
			}),
			end_time: moment.optional().meta({
				title: 'End',
				description: 'End of the event, ISO 8601',
				examples: ['2030-01-31T13:00:00Z'],
			}),
			location: namedPlace.optional().meta({
				title: 'Location',
				description: 'Place of the event',
				examples: [{ latitude: -6.2088, longitude: 106.8456, name: 'Jakarta' }],
			}),
			join_link: z
				.url()
				.max(2_048)
				.optional()
				.meta({
					title: 'Join Link',
					description: 'Link to join by call',
					examples: ['https://call.whatsapp.com/video/abc'],
				}),
			extra_guests_allowed: z
				.boolean()
				.optional()
				.meta({
					title: 'Extra Guests',
					description: 'Whether guests may bring others',
					examples: [false],
				}),
			canceled: z
				.boolean()
				.optional()
				.meta({
					title: 'Canceled',
					description: 'Whether the event is canceled',
					examples: [false],
				}),
		})
		.refine(({ start_time: start, end_time: end }) => !end || Date.parse(end) > Date.parse(start), {
			path: ['end_time'],
			error: 'must be after `start_time`',
		}),
	toContent: (input) => ({
		eventMessage: {
			name: input.name,
			description: input.description,
			startTime: secondsOf(input.start_time),
			endTime: input.end_time === undefined ? undefined : secondsOf(input.end_time),
			joinLink: input.join_link,
			extraGuestsAllowed: input.extra_guests_allowed,
			isCanceled: input.canceled ?? false,
			location: input.location && {
				degreesLatitude: input.location.latitude,
				degreesLongitude: input.location.longitude,
				name: input.location.name,
				address: input.location.address,
			},
		},
	}),
	fromContent({ eventMessage: event }) {
		if (!event) return undefined
		return {
			name: event.name ?? '',
			description: event.description || undefined,
			start_time: readTime(event.startTime),
			end_time: readTime(event.endTime),
			location: readNamedPlace(event.location),
			join_link: event.joinLink || undefined,
			extra_guests_allowed: event.extraGuestsAllowed || undefined,
			canceled: event.isCanceled || undefined,
			scheduled_call: event.isScheduleCall || undefined,
			reminder_seconds: event.hasReminder ? Number(event.reminderOffsetSec ?? 0) : undefined,
		}
	},
	textOf: ({ name, description }) => [name, description].filter(Boolean).join('\n'),
	stanza: () => ({ nodes: [{ tag: 'meta', attrs: { event_type: 'creation' } }] }),
})

const secondsOf = (time: string) => Math.floor(Date.parse(time) / 1000)
