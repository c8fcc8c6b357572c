import { z } from '@hono/zod-openapi'
import {
	groupPicture,
	removeGroupPicture,
	setGroupPicture,
} from '../../../../session/actions/groups/picture.ts'
import { done, doneSchema } from '../../../openapi/schemas.ts'
import { defineRoute } from '../../define-route.ts'
import { pictureBody, pictureQuery, pictureSchema, shownPicture } from '../pictures.ts'
import { groupPath } from './schemas.ts'

const whoMay = 'In a group that only admins edit, only they may do it.'

/** The picture of a group. */
export const groupPictureRoutes = [
	defineRoute({
		method: 'get',
		path: '/groups/{jid}/picture',
		summary: 'Get the picture of a group',
		description: 'All is null if there is none, or it is hidden from the account.',
		params: groupPath,
		query: pictureQuery,
		answer: pictureSchema,
		node: { resource: 'group', name: 'Get Picture', fileAt: 'url' },
		run: async ({ session, params, query }) =>
			shownPicture(await session.withSocket((deps) => groupPicture(deps, params.jid, query))),
	}),
	defineRoute({
		method: 'put',
		path: '/groups/{jid}/picture',
		summary: 'Set the picture of a group',
		description: whoMay,
		params: groupPath,
		body: pictureBody,
		files: true,
		answer: z.object({ success: z.literal(true), picture_id: z.string() }),
		node: { resource: 'group', name: 'Set Picture' },
		async run({ session, params, body }) {
			const jpeg = await session.pictureFrom(body.image, 'image')
			const picture_id = await session.withSocket((deps) => setGroupPicture(deps, params.jid, jpeg))
			return { ...done, picture_id }
		},
	}),
	defineRoute({
		method: 'delete',
		path: '/groups/{jid}/picture',
		summary: 'Remove the picture of a group',
		description: whoMay,
		params: groupPath,
		answer: doneSchema,
		node: { resource: 'group', name: 'Remove Picture' },
		async run({ session, params }) {
			await session.withSocket((deps) => removeGroupPicture(deps, params.jid))
			return done
		},
	}),
]
