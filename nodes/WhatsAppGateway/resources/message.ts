import { asking, messageId, ofSession, onSession, resourceWith } from '../routing'

export const message = resourceWith(
	{ name: 'Message', value: 'message', description: 'Texts, polls, locations, events …' },
	[
		onSession(
			{
				name: 'Get',
				value: 'get',
				action: 'Get a message and its status',
				description: 'Delivery status of a message: sent, delivered, read, with times',
				routing: asking(ofSession('/messages', 'messageId')),
			},
			[messageId],
		),
	],
)
