import { z } from '@hono/zod-openapi'
import {
	profileOf,
	removeOwnPicture,
	setAbout,
	setName,
	setOwnPicture,
} from '../../../session/actions/profile/profile.ts'
import { done, doneSchema } from '../../openapi/schemas.ts'
import { defineRoute } from '../define-route.ts'
import { pictureBody } from './pictures.ts'

const LONGEST_ABOUT = 139
const LONGEST_NAME = 25

const profileSchema = z
	.object({
		jid: z.string(),
		phone: z.string().nullable(),
		lid: z.string().nullable(),
		name: z.string().nullable(),
		about: z.string().nullable(),
		picture_url: z.string().nullable().meta({ description: 'Valid for some days' }),
		is_business: z.boolean(),
		platform: z
			.string()
			.nullable()
			.meta({ description: 'The app on the phone, as WhatsApp names it', examples: ['smba'] }),
	})
	.openapi('Profile')

/** What others see of the account. */
export const profileRoutes = [
	defineRoute({
		method: 'get',
		path: '/profile',
		summary: 'Get the profile of the account',
		answer: profileSchema,
		node: { resource: 'profile', name: 'Get' },
		run: ({ session }) => session.withSocket(profileOf),
	}),
	defineRoute({
		method: 'put',
		path: '/profile/name',
		summary: 'Set the name of the account',
		description: 'Set the name that others see who have not saved the account as a contact.',
		body: z.object({
			name: z
				.string()
				.trim()
				.min(1)
				.max(LONGEST_NAME)
				.meta({
					title: 'Name',
					description: `At most ${LONGEST_NAME} characters`,
					examples: ['The Shop'],
				}),
		}),
		answer: doneSchema,
		node: { resource: 'profile', name: 'Set Name' },
		async run({ session, body }) {
			await session.withSocket((deps) => setName(deps, body.name))
			return done
		},
	}),
	defineRoute({
		method: 'put',
		path: '/profile/about',
		summary: 'Set the about text of the account',
		body: z.object({
			about: z
				.string()
				.max(LONGEST_ABOUT)
				.meta({
					title: 'About',
					description: `At most ${LONGEST_ABOUT} characters; an empty text removes it`,
					examples: ['Open until eight'],
				}),
		}),
		answer: doneSchema,
		node: { resource: 'profile', name: 'Set About' },
		async run({ session, body }) {
			await session.withSocket((deps) => setAbout(deps, body.about))
			return done
		},
	}),
	defineRoute({
		method: 'put',
		path: '/profile/picture',
		summary: 'Set the picture of the account',
		body: pictureBody,
		files: true,
		answer: doneSchema.extend({ picture_id: z.string() }),
		node: { resource: 'profile', name: 'Set Picture' },
		async run({ session, body }) {
			const jpeg = await session.pictureFrom(body.image, 'image')
			const picture_id = await session.withSocket((deps) => setOwnPicture(deps, jpeg))
			return { ...done, picture_id }
		},
	}),
	defineRoute({
		method: 'delete',
		path: '/profile/picture',
		summary: 'Remove the picture of the account',
		answer: doneSchema,
		node: { resource: 'profile', name: 'Remove Picture' },
		async run({ session }) {
			await session.withSocket(removeOwnPicture)
			return done
		},
	}),
]
