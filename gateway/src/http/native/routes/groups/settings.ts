import { z } from '@hono/zod-openapi'
import { memberTag } from '../../../../messages/types/member-tag.ts'
import { setMemberTag } from '../../../../session/actions/groups/member-tag.ts'
import { updateGroup } from '../../../../session/actions/groups/update.ts'
import { optional } from '../../../../messages/fields/optional.ts'
import { done, doneSchema, sentSchema } from '../../../openapi/schemas.ts'
import { defineRoute } from '../../define-route.ts'
import { atLeastOne } from '../../params.ts'
import {
	descriptionField,
	furtherSettings,
	groupPath,
	settingFields,
	subjectField,
} from './schemas.ts'

const whoMay = 'In a group that only admins edit, only they may do it.'
const withUpdate = 'Group: Update does it'

const allSettings = { ...settingFields, ...furtherSettings }

const prevId = z.string().max(100).optional().meta({
	title: 'Previous ID',
	description:
		'Id of the description that this one replaces: WhatsApp refuses it (409) if there is a newer one',
})

/** Name, description and settings of a group. */
export const groupSettingRoutes = [
	defineRoute({
		method: 'patch',
		path: '/groups/{jid}',
		summary: 'Update a group',
		description: `Change the given fields, one after the other; an error names those that were changed before. ${whoMay}`,
		params: groupPath,
		body: atLeastOne({
			name: optional(subjectField),
			description: optional(descriptionField),
			...allSettings,
		}),
		answer: doneSchema,
		node: { resource: 'group', name: 'Update' },
		async run({ session, params, body }) {
			await session.withSocket((deps) => updateGroup(deps, params.jid, body))
			return done
		},
	}),
	defineRoute({
		method: 'put',
		path: '/groups/{jid}/subject',
		summary: 'Change the name of a group',
		description: whoMay,
		params: groupPath,
		body: z.object({ subject: subjectField }),
		answer: doneSchema,
		node: withUpdate,
		async run({ session, params, body }) {
			await session.withSocket((deps) => updateGroup(deps, params.jid, body))
			return done
		},
	}),
	defineRoute({
		method: 'put',
		path: '/groups/{jid}/description',
		summary: 'Change the description of a group',
		description: `Null or an empty text removes it. ${whoMay}`,
		params: groupPath,
		body: z.object({ description: descriptionField.nullable(), prev_id: prevId }),
		answer: doneSchema,
		node: withUpdate,
		async run({ session, params, body }) {
			await session.withSocket((deps) => updateGroup(deps, params.jid, body))
			return done
		},
	}),
	defineRoute({
		method: 'put',
		path: '/groups/{jid}/member-tag',
		summary: 'Set the tag of the account in a group',
		description: 'The group shows it beside the name of the account. An empty text removes it.',
		params: groupPath,
		body: memberTag.schema,
		answer: sentSchema,
		success: 'The members were told',
		node: 'Group: Set Member Tag does it',
		async run({ session, params, body: { label } }) {
			const { message_id, status } = await setMemberTag(session, params.jid, label)
			return { ...done, message_id, status }
		},
	}),
	defineRoute({
		method: 'put',
		path: '/groups/{jid}/settings',
		summary: 'Change the settings of a group',
		description:
			'Change the given settings, one after the other; an error names those that were changed before. Only admins may do it.',
		params: groupPath,
		body: atLeastOne(allSettings),
		answer: doneSchema,
		node: withUpdate,
		async run({ session, params, body }) {
			await session.withSocket((deps) => updateGroup(deps, params.jid, body))
			return done
		},
	}),
]
