import { ABOUT, uploaded, type Case } from '../support/conversation.ts'

const once = { isForwarded: true, forwardingScore: 1 }
const channel = { newsletterJid: '120363000000000000@newsletter', serverMessageId: 42 }

export const cases: Case[] = [
	{
		send: { text: 'Forwarded content here' },
		arrives: { extendedTextMessage: { text: 'Forwarded content here', contextInfo: once } },
	},
	{
		about: { conversation: 'see this' },
		send: { message_id: ABOUT },
		arrives: { extendedTextMessage: { text: 'see this', contextInfo: once } },
	},
	{
		about: {
			ephemeralMessage: {
				message: {
					imageMessage: {
						...uploaded.sent,
						caption: '@4930123456 a cat',
						contextInfo: {
							stanzaId: 'B2',
							mentionedJid: ['4930123456@s.whatsapp.net'],
							expiration: 60,
							isForwarded: true,
							forwardingScore: 3,
							forwardedNewsletterMessageInfo: channel,
						},
					},
				},
			},
		},
		send: { message_id: ABOUT, from_chat: '4930123456' },
		arrives: {
			imageMessage: {
				...uploaded.arrives,
				caption: '@4930123456 a cat',
				contextInfo: {
					isForwarded: true,
					forwardingScore: 4,
					forwardedNewsletterMessageInfo: channel,
				},
			},
		},
	},
]
