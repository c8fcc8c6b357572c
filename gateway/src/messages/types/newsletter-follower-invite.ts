import { z } from '@hono/zod-openapi'
import { channelInvite, channelInviteText, readChannelInvite } from './channel-invite.ts'
import { unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'

export const newsletterFollowerInvite = defineMessage({
	type: 'newsletter-follower-invite',
	title: 'Channel Follower Invite',
	description: `An invitation to follow a channel. ${unverified}`,
	schema: z.object(channelInvite),
	toContent: (input) => ({
		newsletterFollowerInviteMessageV2: {
			newsletterJid: input.newsletter_jid,
			newsletterName: input.newsletter_name,
			caption: input.caption,
		},
	}),
	fromContent({ newsletterFollowerInviteMessageV2: invite }) {
		return invite ? readChannelInvite(invite) : undefined
	},
	textOf: channelInviteText,
})
