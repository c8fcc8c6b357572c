import { z } from '@hono/zod-openapi'
import { optional } from '../../../../messages/fields/optional.ts'
import type { GroupSummary } from '../../../../session/actions/groups/summary.ts'
import { resultWords } from '../../../../session/actions/groups/results.ts'
import { groupRef } from '../../params.ts'
import { timerField } from '../timer-field.ts'

/** The path of a group. */
export const groupPath = z.object({ jid: groupRef })

const memberSchema = z
	.object({
		jid: z.string(),
		role: z.enum(['superadmin', 'admin', 'member']),
		phone: z.string().nullable(),
		lid: z.string().nullable(),
	})
	.openapi('GroupMember')

export const memberList = z.array(memberSchema)

export const summarySchema = z
	.object({
		jid: z.string().meta({ examples: ['120363000000000000@g.us'] }),
		name: z.string(),
		subject: z.string().meta({ description: 'The same as `name`' }),
		participant_count: z.number().int(),
		is_admin: z.boolean().meta({ description: 'Whether the account is an admin of it' }),
		is_community: z.boolean(),
		parent_jid: z.string().nullable().meta({ description: 'The community that it is in' }),
		announce: z.boolean().meta({ description: 'Whether only admins write' }),
		participants: memberList.optional().meta({ description: 'With `participants=true` only' }),
	})
	.openapi('GroupSummary')

/** A group of a list, as the API shows it. */
export const groupShown = ({ is_announcement: _, ...group }: GroupSummary) => ({
	...group,
	subject: group.name,
})

const seconds = z.number().int().nullable().meta({ description: 'Unix time in seconds' })
const person = z.string().nullable()

/** All of a group but its members. */
export const groupFields = z.object({
	jid: z.string(),
	name: z.string(),
	subject_by: person.meta({ description: 'Who gave it its name' }),
	subject_at: seconds,
	topic: z.string().nullable().meta({ description: 'Its description' }),
	description_id: z.string().nullable(),
	owner: person,
	created_at: seconds,
	only_admins_send: z.boolean(),
	only_admins_edit: z.boolean(),
	everyone_adds: z.boolean().meta({ description: 'Whether all members may add people' }),
	join_approval: z.boolean().meta({ description: 'Whether admins approve who joins' }),
	expiration: z
		.number()
		.int()
		.meta({ description: 'Seconds after which messages disappear; 0 when they stay' }),
	is_community: z.boolean(),
	parent_jid: z.string().nullable().meta({ description: 'The community that it is in' }),
	addressing_mode: z
		.enum(['lid', 'pn'])
		.meta({ description: 'Whether members know each other by LID or by phone number' }),
	participant_count: z.number().int(),
})

export const detailsSchema = groupFields
	.extend({ participants: memberList })
	.openapi('GroupDetails')

const resultSchema = z
	.object({
		jid: z.string(),
		status: z.enum(resultWords).meta({
			description:
				"What became of this person. `Invited`: the person's privacy settings do not allow it; send the `invite_code`",
		}),
		code: z
			.number()
			.int()
			.nullable()
			.meta({ description: "WhatsApp's code; 200 is success. Null if WhatsApp named no outcome" }),
		invite_code: z.string().optional(),
		invite_expiration: z.number().int().optional().meta({ description: 'Unix time in seconds' }),
	})
	.extend({
		invite_sent: z
			.boolean()
			.optional()
			.meta({ description: 'With `send_invite` only: whether WhatsApp took the invitation' }),
	})
	.openapi('ParticipantResult')

/** For each person one: some may be refused, and the answer is 200 all the same. */
export const resultList = z.array(resultSchema)

export const subjectField = z
	.string()
	.trim()
	.min(1)
	.max(100)
	.meta({ title: 'Name', description: 'Name of the group', examples: ['Team'] })

export const descriptionField = z
	.string()
	.max(2_048)
	.meta({
		title: 'Description',
		description: 'Description of the group; empty removes it',
		examples: ['Who brings what'],
	})

const unverified = 'Not verified against WhatsApp'

/** The settings of a group. */
export const settingFields = {
	announce: z
		.boolean()
		.optional()
		.meta({ title: 'Only Admins Send', description: 'Whether only admins write' }),
	locked: z.boolean().optional().meta({
		title: 'Only Admins Edit',
		description: 'Whether only admins change name, description and picture',
	}),
	member_add_mode: z
		.enum(['admin_add', 'all_member_add'])
		.optional()
		.meta({ title: 'Who Adds People', description: 'Who may add people' }),
	member_link_mode: z
		.enum(['admin_link', 'all_member_link'])
		.optional()
		.meta({
			title: 'Who Shares the Link',
			description: `Who may see and share the invite link. ${unverified}`,
		}),
	membership_approval_mode: z
		.enum(['on', 'off'])
		.optional()
		.meta({ title: 'Join Approval', description: 'Whether admins approve who joins' }),
	expiration: optional(
		timerField('Seconds after which messages disappear: 86400, 604800 or 7776000; 0 for never', 0),
	),
}

/** Those that a group is not created with. */
export const furtherSettings = {
	frequently_forwarded: z
		.boolean()
		.optional()
		.meta({
			title: 'Frequently Forwarded',
			description: `Whether messages that were forwarded many times are allowed. ${unverified}`,
		}),
	admin_reports: z
		.boolean()
		.optional()
		.meta({
			title: 'Reports to Admins',
			description: `Whether members may report messages to the admins. ${unverified}`,
		}),
	group_history: z
		.boolean()
		.optional()
		.meta({
			title: 'History for New Members',
			description: `Whether new members see earlier messages. ${unverified}`,
		}),
}
