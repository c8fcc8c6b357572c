import { z } from '@hono/zod-openapi'
import {
	businessProfileOf,
	checkCoverPossible,
	ownBusinessProfile,
	removeCover,
	showCover,
	updateBusinessProfile,
	type FoundBusiness,
} from '../../../session/actions/business/profile.ts'
import { media } from '../../../messages/media-source.ts'
import { done, doneSchema } from '../../openapi/schemas.ts'
import { defineRoute } from '../define-route.ts'
import { atLeastOne, contactRef } from '../params.ts'

const UNVERIFIED = 'Not verified against WhatsApp.'
const MINUTES_OF_DAY = 24 * 60

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const modes = ['specific_hours', 'open_24h', 'appointment_only'] as const

const openOn = z.object({
	day: z.string().meta({ examples: ['mon'] }),
	mode: z.string().meta({ description: modes.join(', ') }),
	open: z.number().nullable().meta({ description: 'In minutes after midnight' }),
	close: z.number().nullable().meta({ description: 'In minutes after midnight' }),
})

const profileSchema = z
	.object({
		jid: z.string(),
		is_business: z.boolean().meta({ description: 'All else is empty if it is none' }),
		description: z.string().nullable(),
		address: z.string().nullable(),
		email: z.string().nullable(),
		websites: z.array(z.string()),
		category: z.string().nullable().meta({ description: 'The first of `categories`' }),
		categories: z.array(z.object({ id: z.string().nullable(), name: z.string() })),
		hours: z.object({ timezone: z.string().nullable(), days: z.array(openOn) }).nullable(),
	})
	.openapi('BusinessProfile')

function shown({ jid, profile }: FoundBusiness): z.output<typeof profileSchema> {
	const { coverId: _, ...facts } = profile ?? NONE
	const category = facts.categories[0]?.name ?? null
	return { jid, is_business: profile !== null, ...facts, category }
}

const NONE = {
	...{ description: null, address: null, email: null, hours: null, coverId: null },
	...{ websites: [], categories: [] },
}

const minute = (title: string) =>
	z
		.number()
		.int()
		.min(0)
		.max(MINUTES_OF_DAY)
		.optional()
		.meta({ title, description: 'In minutes after midnight', examples: [540] })

const openingHours = z
	.object({
		day: z.enum(days).meta({ title: 'Day', examples: ['mon'] }),
		mode: z.enum(modes).meta({ title: 'Mode', examples: ['specific_hours'] }),
		open: minute('Open'),
		close: minute('Close'),
	})
	.refine(
		({ mode, open, close }) =>
			(mode === 'specific_hours') === (open !== undefined && close !== undefined),
		{
			message: 'needs `open` and `close` with `specific_hours`, and only then',
		},
	)
	.refine(({ open = 0, close = MINUTES_OF_DAY }) => open < close, {
		path: ['close'],
		message: 'must be after `open`',
	})

const text = (title: string, longest: number, example: string) =>
	z
		.string()
		.max(longest)
		.optional()
		.meta({ title, description: 'An empty text removes it', examples: [example] })

const change = atLeastOne({
	description: text('Description', 512, 'Umbrellas of all sizes'),
	address: text('Address', 256, '1 Rain Street, London'),
	email: text('Email', 128, 'shop@example.com'),
	websites: z
		.array(z.url().max(256))
		.max(2)
		.optional()
		.meta({
			title: 'Websites',
			description: '2 at most; an empty list removes them',
			examples: [['https://example.com']],
		}),
	hours: z
		.object({
			timezone: z
				.string()
				.min(1)
				.max(64)
				.meta({ title: 'Timezone', examples: ['Europe/London'] }),
			days: z
				.array(openingHours)
				.min(1)
				.max(28)
				.meta({ title: 'Days', description: 'A day that is not named is closed' }),
		})
		.optional()
		.meta({ title: 'Hours', description: 'When it is open' }),
})

/** What businesses tell of themselves. */
export const businessProfileRoutes = [
	defineRoute({
		method: 'get',
		path: '/contacts/{jid}/business-profile',
		summary: 'Get the business profile of a contact',
		params: z.object({ jid: contactRef }),
		answer: profileSchema,
		node: { resource: 'contact', name: 'Get Business Profile' },
		run: async ({ session, params }) =>
			shown(await session.withSocket((deps) => businessProfileOf(deps, params.jid))),
	}),
	defineRoute({
		method: 'get',
		path: '/profile/business',
		summary: 'Get the business profile of the account',
		answer: profileSchema,
		node: { resource: 'profile', name: 'Get Business' },
		run: async ({ session }) => shown(await session.withSocket(ownBusinessProfile)),
	}),
	defineRoute({
		method: 'put',
		path: '/profile/business',
		summary: 'Update the business profile of the account',
		description: `What is left out stays. The category can be changed on the phone only. That empty values remove something is not verified against WhatsApp: the answer says what there is now.`,
		body: change,
		answer: profileSchema,
		success: 'The profile as WhatsApp has it now',
		node: { resource: 'profile', name: 'Update Business' },
		run: async ({ session, body: { hours, ...fields } }) => {
			const days = hours?.days.map(({ open = null, close = null, ...day }) => ({
				...{ ...day, open, close },
			}))
			const wanted = { ...fields, ...(hours && { hours: { ...hours, days: days! } }) }
			return shown(await session.withSocket((deps) => updateBusinessProfile(deps, wanted)))
		},
	}),
	defineRoute({
		method: 'put',
		path: '/profile/business/cover',
		summary: 'Set the cover photo of the business profile',
		description: UNVERIFIED,
		body: z.object({
			image: media({
				title: 'Image',
				description: 'An image of any usual kind; it becomes a JPEG',
				example: 'https://example.com/image.jpg',
			}),
		}),
		files: true,
		answer: doneSchema.extend({ cover_id: z.string() }),
		node: { resource: 'profile', name: 'Set Business Cover' },
		async run({ session, body }) {
			await session.withSocket(checkCoverPossible)
			const photo = await session.publicPictures.cover(body.image, 'image')
			await session.withSocket((deps) => showCover(deps, photo))
			return { ...done, cover_id: photo.id }
		},
	}),
	defineRoute({
		method: 'delete',
		path: '/profile/business/cover',
		summary: 'Remove the cover photo of the business profile',
		description: UNVERIFIED,
		answer: doneSchema,
		node: { resource: 'profile', name: 'Remove Business Cover' },
		async run({ session }) {
			await session.withSocket(removeCover)
			return done
		},
	}),
]
