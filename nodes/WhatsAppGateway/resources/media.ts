import { binaryField } from '../../shared/descriptions'
import { askingForFile, messageId, ofSession, onSession, resourceWith } from '../routing'

export const media = resourceWith(
	{ name: 'Media', value: 'media', description: 'Images, videos, voice notes, documents' },
	[
		onSession(
			{
				name: 'Download',
				value: 'download',
				action: 'Download the media of a message',
				description: 'Get the file of a message that was received or sent in the last days',
				routing: askingForFile(ofSession('/media', 'messageId')),
			},
			[messageId, binaryField],
		),
	],
)
