import { asking, messageId, ofSession, onSession, resourceWith } from '../routing'

export const message = resourceWith(
	{ name: 'Message', value: 'message', description: 'Texts, polls, places, events …' },
	[
		onSession(
			{
				name: 'Get',
				value: 'get',
				action: 'Get a message and its status',
				description: 'How far a message got: sent, delivered, read, and when',
				routing: asking(ofSession('/messages', 'messageId')),
			},
			[messageId],
		),
	],
)
