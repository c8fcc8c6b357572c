import type { Case } from '../support/conversation.ts'

const newsletterJid = '120363000000000000@newsletter'

export const cases: Case[] = [
	{
		send: {
			newsletter_jid: newsletterJid,
			newsletter_name: 'My Newsletter',
			caption: 'Follow this newsletter!',
		},
		arrives: {
			newsletterFollowerInviteMessageV2: {
				newsletterJid,
				newsletterName: 'My Newsletter',
				caption: 'Follow this newsletter!',
			},
		},
		receive: {
			newsletterFollowerInviteMessageV2: {
				newsletterJid,
				newsletterName: 'News',
				caption: 'Good one',
			},
		},
		event: {
			type: 'newsletter-follower-invite',
			text: 'News\nGood one',
			newsletter_jid: newsletterJid,
			newsletter_name: 'News',
			caption: 'Good one',
		},
	},
]
