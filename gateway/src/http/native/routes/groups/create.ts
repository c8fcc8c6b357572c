import { z } from '@hono/zod-openapi'
import { createGroup } from '../../../../session/actions/groups/create.ts'
import { defineRoute } from '../../define-route.ts'
import { participantsBody } from '../../params.ts'
import {
	descriptionField,
	detailsSchema,
	resultList,
	settingFields,
	subjectField,
} from './schemas.ts'

export const createdSchema = z.object({
	group_jid: z.string(),
	group: detailsSchema,
	results: resultList.meta({ description: 'For each of the participants' }),
})

/** A new group. */
export const createGroupRoute = defineRoute({
	method: 'post',
	path: '/groups',
	summary: 'Create a group',
	description:
		'Create a group with the account as its owner. People whose privacy settings forbid it are not added: the results say so, and have a code to invite them with.',
	body: participantsBody.extend({
		name: subjectField,
		description: descriptionField.optional().meta({
			title: 'Description',
			description: 'Description of the group',
			examples: ['Who brings what'],
		}),
		...settingFields,
	}),
	answer: createdSchema,
	success: 'The group was created',
	creates: true,
	node: { resource: 'group', name: 'Create' },
	run({ session, body, idempotencyKey }) {
		const { name, participants, description, ...settings } = body
		return session.createOnce(idempotencyKey, { type: 'group', input: body }, (key) =>
			session.withSocket((deps) =>
				createGroup(deps, { name, participants, description, settings }, key),
			),
		)
	},
})
