import { createHash } from 'node:crypto'
import { ABOUT, NOW, type Case } from '../support/conversation.ts'

const poll = { name: 'Tea?', options: [{ optionName: 'Red' }, { optionName: 'Blue' }] }
const about = { pollCreationMessage: poll }
const hash = createHash('sha256').update('Blue').digest()
const vote = (options: string[]) => ({ vote: { poll: ABOUT, options } })

export const cases: Case[] = [
	{
		about,
		send: { poll_message_id: ABOUT, selected_options: ['Red'] },
		means: vote(['Red']),
		act: {
			pollUpdateMessage: {
				pollCreationMessageKey: { id: '3EB0ABC123' },
				vote: { encIv: Buffer.from('1234'), encPayload: Buffer.from('5678') },
			},
		},
		read: {
			type: 'poll-update',
			text: null,
			poll_message_id: '3EB0ABC123',
			enc_iv: 'MTIzNA==',
			enc_payload: 'NTY3OA==',
		},
	},
	{
		about,
		send: { poll_message_id: ABOUT, selected_options: ['Red', hash.toString('hex')] },
		means: vote(['Red', 'Blue']),
	},
	{
		about,
		send: { poll_message_id: ABOUT, selected_options: [hash.toString('base64')] },
		means: vote(['Blue']),
	},
	{
		about,
		send: { poll_message_id: ABOUT, selected_options: [] },
		means: vote([]),
	},
	{
		send: {
			poll_message_id: '3EB0ABC123...',
			selected_options: ['sha256-hash-of-option'],
			enc_iv: 'AQIDBAUGBwgJCgsM',
			enc_payload: 'AQID',
		},
		arrives: {
			pollUpdateMessage: {
				pollCreationMessageKey: {
					remoteJid: '491700000002@s.whatsapp.net',
					fromMe: false,
					id: '3EB0ABC123...',
				},
				vote: { encIv: 'AQIDBAUGBwgJCgsM', encPayload: 'AQID' },
				senderTimestampMs: NOW,
			},
		},
	},
]
