import { ABOUT, type Case } from '../support/conversation.ts'

const about = { eventMessage: { name: 'Party', startTime: Date.UTC(2030, 5, 1, 20) / 1000 } }

export const cases: Case[] = [
	{
		about,
		send: { event_message_id: ABOUT, response: 'not_going' },
		means: { response: { event: ABOUT, response: 'not_going' } },
		act: {
			encEventResponseMessage: {
				eventCreationMessageKey: { id: '3EB0ABC123' },
				encIv: Buffer.from('1234'),
				encPayload: Buffer.from('5678'),
			},
		},
		read: { type: 'event-response', text: null, event_message_id: '3EB0ABC123' },
	},
]
