import type { Case } from '../support/conversation.ts'

const groupJid = '120363000000000000@g.us'

export const cases: Case[] = [
	{
		send: {
			group_jid: groupJid,
			group_name: 'Team',
			invite_code: 'https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv',
			invite_expiration: 1_893_456_000,
			caption: 'Join us!',
		},
		arrives: {
			groupInviteMessage: {
				groupJid,
				groupName: 'Team',
				inviteCode: 'AbCdEfGhIjKlMnOpQrStUv',
				inviteExpiration: 1_893_456_000,
				caption: 'Join us!',
			},
		},
		receive: { groupInviteMessage: { groupJid, groupName: 'Family', inviteCode: 'abcdef' } },
		event: {
			type: 'group-invite',
			text: 'Family',
			group_jid: groupJid,
			group_name: 'Family',
			invite_code: 'abcdef',
		},
	},
]
