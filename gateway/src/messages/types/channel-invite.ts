import { z } from '@hono/zod-openapi'
import { channelId } from '../fields/jid.ts'

/** What an invitation to a channel says. */
export const channelInvite = {
	newsletter_jid: channelId,
	newsletter_name: z
		.string()
		.min(1)
		.max(256)
		.meta({
			title: 'Channel Name',
			description: 'Name of the channel',
			examples: ['My Newsletter'],
		}),
	caption: z
		.string()
		.max(4_096)
		.optional()
		.meta({
			title: 'Caption',
			description: 'Text below the invitation',
			examples: ['Have a look at this channel'],
		}),
}

type Invite = {
	newsletterJid?: string | null
	newsletterName?: string | null
	caption?: string | null
}

/** Reads it. */
export const readChannelInvite = (invite: Invite) => ({
	newsletter_jid: invite.newsletterJid ?? '',
	newsletter_name: invite.newsletterName ?? '',
	caption: invite.caption || undefined,
})

/** What somebody would read aloud of it. */
export const channelInviteText = (fields: { newsletter_name?: string; caption?: string }) =>
	[fields.newsletter_name, fields.caption].filter(Boolean).join('\n') || undefined
