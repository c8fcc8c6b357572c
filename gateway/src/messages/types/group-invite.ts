import { z } from '@hono/zod-openapi'
import { unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { expiryField } from '../fields/expiry.ts'
import { inviteCodeField } from '../fields/invite-code.ts'
import { groupId } from '../fields/jid.ts'
import { numberOf } from '../protobuf-numbers.ts'
import { optional } from '../fields/optional.ts'

export const groupInvite = defineMessage({
	type: 'group-invite',
	title: 'Group Invite',
	description: `An invitation to a group: a card with a button to join. ${unverified}`,
	schema: z.object({
		group_jid: groupId,
		group_name: z
			.string()
			.min(1)
			.max(256)
			.meta({ title: 'Group Name', description: 'Name of the group', examples: ['Team'] }),
		invite_code: inviteCodeField,
		invite_expiration: optional(expiryField),
		caption: z
			.string()
			.max(4_096)
			.optional()
			.meta({ title: 'Caption', description: 'Text below the invitation', examples: ['Join us!'] }),
	}),
	toContent: (input) => ({
		groupInviteMessage: {
			groupJid: input.group_jid,
			groupName: input.group_name,
			inviteCode: input.invite_code,
			inviteExpiration: input.invite_expiration,
			caption: input.caption,
		},
	}),
	fromContent({ groupInviteMessage: invite }) {
		if (!invite) return undefined
		return {
			group_jid: invite.groupJid ?? '',
			group_name: invite.groupName ?? '',
			invite_code: invite.inviteCode ?? '',
			invite_expiration: numberOf(invite.inviteExpiration),
			caption: invite.caption || undefined,
		}
	},
	textOf: ({ group_name: name, caption }) => [name, caption].filter(Boolean).join('\n'),
})
