import type { Case } from '../support/conversation.ts'

const newsletterJid = '120363000000000000@newsletter'

export const cases: Case[] = [
	{
		send: {
			newsletter_jid: newsletterJid,
			newsletter_name: 'My Newsletter',
			caption: 'Join as admin!',
			invite_expiration: 1_700_000_000,
		},
		arrives: {
			newsletterAdminInviteMessage: {
				newsletterJid,
				newsletterName: 'My Newsletter',
				caption: 'Join as admin!',
				inviteExpiration: 1_700_000_000,
			},
		},
		receive: {
			newsletterAdminInviteMessage: {
				newsletterJid,
				newsletterName: 'News',
				inviteExpiration: 1_893_456_000,
			},
		},
		event: {
			type: 'newsletter-admin-invite',
			text: 'News',
			newsletter_jid: newsletterJid,
			newsletter_name: 'News',
			invite_expiration: 1_893_456_000,
		},
	},
]
