import { z } from '@hono/zod-openapi'
import { SECOND_MS } from '../../../lib/units.ts'
import type { Endpoint, Services } from '../dialect.ts'
import { flag, optionalText } from './fields.ts'
import { addressed, commonFields, names } from './sends/common.ts'
import { sendingIn } from './sends/sending.ts'

const second = z.number().int().min(0)

/** `POST /api/{session}/events`: an event with a date, to which people answer whether they come. */
export const calendarEvents = (services: Services): Endpoint =>
	sendingIn(services)({
		path: '/api/{session}/events',
		summary: 'Send an event',
		body: z.object({
			...commonFields,
			event: z.object({
				name: z.string().min(1),
				description: optionalText,
				startTime: second,
				endTime: second.nullish(),
				location: z.object({ name: z.string().min(1) }).nullish(),
				extraGuestsAllowed: flag.nullish(),
			}),
		}),
		async translate({ event, ...given }, session) {
			return {
				type: 'event',
				fields: {
					...(await addressed(session, given)),
					...{ name: event.name, description: event.description },
					start_time: timeOf(event.startTime),
					...(event.endTime && { end_time: timeOf(event.endTime) }),
					...(event.location && { location: event.location }),
					...(event.extraGuestsAllowed && { extra_guests_allowed: true }),
				},
				names: {
					...names,
					start_time: 'event.startTime',
					end_time: 'event.endTime',
					name: 'event.name',
					location: 'event.location',
				},
			}
		},
	})

const timeOf = (seconds: number) => new Date(seconds * SECOND_MS).toISOString()
