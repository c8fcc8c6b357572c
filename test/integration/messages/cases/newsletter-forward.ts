import type { Case } from '../support/conversation.ts'

const newsletterJid = '120363000000000000@newsletter'

export const cases: Case[] = [
	{
		send: {
			text: 'Check out this newsletter post',
			newsletter_jid: newsletterJid,
			server_message_id: 42,
			newsletter_name: 'My Newsletter',
			content_type: 'update_card',
		},
		arrives: {
			extendedTextMessage: {
				text: 'Check out this newsletter post',
				contextInfo: {
					isForwarded: true,
					forwardingScore: 1,
					forwardedNewsletterMessageInfo: {
						newsletterJid,
						serverMessageId: 42,
						newsletterName: 'My Newsletter',
						contentType: 'UPDATE_CARD',
					},
				},
			},
		},
		receive: {
			extendedTextMessage: {
				text: 'News',
				contextInfo: {
					isForwarded: true,
					forwardingScore: 1,
					forwardedNewsletterMessageInfo: {
						newsletterJid,
						serverMessageId: 7,
						newsletterName: 'Daily',
						contentType: 1,
					},
				},
			},
		},
		event: {
			type: 'text',
			text: 'News',
			forwarded: true,
			forwards: 1,
			forwarded_from: {
				newsletter_jid: newsletterJid,
				server_message_id: 7,
				newsletter_name: 'Daily',
				content_type: 'update',
			},
		},
	},
]
