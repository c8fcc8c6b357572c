import { z } from '@hono/zod-openapi'
import type { Endpoint, Services } from '../dialect.ts'
import { sendsIn } from '../send.ts'
import { renderSent, sent } from './responses.ts'
import { recipientFields, recipientOf } from './fields.ts'
import { sessionOf } from './session.ts'

/** `POST /whatsapp/send/text`, `…/location` and `…/poll`. */
export function sends(services: Services): Endpoint[] {
	const send = sendsIn({
		sessionOf: (call) => sessionOf(services, call),
		response: sent,
		render: renderSent,
	})
	return [
		send({
			path: '/whatsapp/send/text',
			summary: 'Send a text message',
			body: z.object({ ...recipientFields, message: z.string().min(1) }),
			translate({ message: text, ...recipient }) {
				const { to, names } = recipientOf(recipient)
				return { type: 'text', fields: { to, text }, names: { ...names, text: 'message' } }
			},
		}),
		send({
			path: '/whatsapp/send/location',
			summary: 'Send a location',
			body: z.object({
				...recipientFields,
				location: z.object({
					degreesLatitude: z.number(),
					degreesLongitude: z.number(),
					name: z.string().nullish(),
					address: z.string().nullish(),
				}),
			}),
			translate({ location, ...recipient }) {
				const { to, names } = recipientOf(recipient)
				const { degreesLatitude: latitude, degreesLongitude: longitude, name, address } = location
				return {
					type: 'location',
					fields: {
						to,
						latitude,
						longitude,
						name: name ?? undefined,
						address: address ?? undefined,
					},
					names: {
						...names,
						name: 'location.name',
						address: 'location.address',
						latitude: 'location.degreesLatitude',
						longitude: 'location.degreesLongitude',
					},
				}
			},
		}),
		send({
			path: '/whatsapp/send/poll',
			summary: 'Send a poll',
			body: z.object({
				...recipientFields,
				name: z.string().min(1),
				values: z.array(z.string()).min(2),
				selectableCount: z.number().int().min(0).default(1),
				toAnnouncementGroup: z.boolean().default(false),
			}),
			translate({ name, values: options, selectableCount, toAnnouncementGroup, ...recipient }) {
				const { to, names } = recipientOf(recipient)
				return {
					type: 'poll',
					fields: {
						to,
						name,
						options,
						selectable_count: selectableCount,
						to_announcement_group: toAnnouncementGroup,
					},
					names: {
						...names,
						options: 'values',
						selectable_count: 'selectableCount',
						to_announcement_group: 'toAnnouncementGroup',
					},
				}
			},
		}),
	]
}
