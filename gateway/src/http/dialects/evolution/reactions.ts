import { z } from '@hono/zod-openapi'
import { react } from '../../../messages/types/react.ts'
import type { Endpoint, Services } from '../dialect.ts'
import { refused } from './errors.ts'
import { flag, messageIdField } from './fields.ts'
import { recipientOf } from './recipient.ts'
import type { Sender } from './send.ts'
import { sessionOf } from './session.ts'

const body = z.object({
	key: z.looseObject({
		id: z.string().min(1),
		remoteJid: z.string().min(1),
		fromMe: flag,
		participant: z.string().optional(),
	}),
	reaction: z.string(),
	messageId: messageIdField,
})

/** `POST /message/sendReaction/{instance}`: the message names the chat. */
export const reactions = (services: Services, { send }: Sender): Endpoint =>
	send({
		path: '/message/sendReaction/{instance}',
		summary: 'React to a message',
		body,
		async translate({ key, reaction: emoji, messageId }, call) {
			if (!react.schema.shape.emoji.safeParse(emoji).success)
				throw refused('Reaction must be a single emoji or empty string')
			const session = sessionOf(services, call)
			const { id: message_id, fromMe: from_me, participant } = key
			return {
				type: 'react',
				messageId,
				fields: {
					to: await recipientOf(session, key.remoteJid),
					...{ message_id, emoji, from_me, participant },
					check_recipient: false,
				},
				names: { to: 'key.remoteJid', message_id: 'key.id', participant: 'key.participant' },
			}
		},
	})
