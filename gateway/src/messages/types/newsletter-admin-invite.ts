import { z } from '@hono/zod-openapi'
import { channelInvite, channelInviteText, readChannelInvite } from './channel-invite.ts'
import { defineMessage } from '../define.ts'
import { expiryField } from '../fields/expiry.ts'
import { numberOf } from '../protobuf-numbers.ts'
import { optional } from '../fields/optional.ts'

export const newsletterAdminInvite = defineMessage({
	type: 'newsletter-admin-invite',
	title: 'Channel Admin Invite',
	description:
		'An invitation to become an admin of a channel. It works only if this account owns the channel and has made the person an admin there.',
	schema: z.object({ ...channelInvite, invite_expiration: optional(expiryField) }),
	toContent: (input) => ({
		newsletterAdminInviteMessage: {
			newsletterJid: input.newsletter_jid,
			newsletterName: input.newsletter_name,
			caption: input.caption,
			inviteExpiration: input.invite_expiration,
		},
	}),
	fromContent({ newsletterAdminInviteMessage: invite }) {
		if (!invite) return undefined
		return {
			...readChannelInvite(invite),
			invite_expiration: numberOf(invite.inviteExpiration),
		}
	},
	textOf: channelInviteText,
})
