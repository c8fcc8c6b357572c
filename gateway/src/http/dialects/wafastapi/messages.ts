import { z } from '@hono/zod-openapi'
import type { Endpoint, Services } from '../dialect.ts'
import { sendsIn } from '../send.ts'
import { renderSent, sent } from './responses.ts'
import { recipientFields, recipientOf } from './fields.ts'
import { sessionOf } from './session.ts'

const id = z.string().min(1).max(128)

const baileysKey = z.object({
	id,
	remoteJid: z.string().nullish(),
	fromMe: z.boolean().nullish(),
	participant: z.string().nullish(),
})

type MessageKey = z.output<typeof baileysKey>

/** An id, or a message key of Baileys. */
const messageKey = z
	.union([id, baileysKey], {
		error: 'must be the id of a message or a key {remoteJid, id, fromMe, participant}',
	})
	.transform((given): MessageKey => (typeof given === 'string' ? { id: given } : given))

type RecipientFields = Parameters<typeof recipientOf>[0]

/** `POST /whatsapp/message/react` and `…/delete`. */
export function messages(services: Services): Endpoint[] {
	const send = sendsIn({
		sessionOf: (call) => sessionOf(services, call),
		response: sent,
		render: renderSent,
	})
	return [
		send({
			path: '/whatsapp/message/react',
			summary: 'React to a message',
			body: z.object({
				...recipientFields,
				messageKey,
				emoji: z.string().nullish().meta({ description: 'Empty or left out: remove the reaction' }),
			}),
			translate({ messageKey: key, emoji, ...recipient }) {
				const { to, names } = chatOf(recipient, key)
				const author = {
					from_me: key.fromMe ?? undefined,
					participant: key.participant || undefined,
				}
				return {
					type: 'react',
					fields: { to, message_id: key.id, emoji: emoji ?? '', ...author },
					names: { ...names, message_id: 'messageKey', participant: 'messageKey.participant' },
				}
			},
		}),
		send({
			path: '/whatsapp/message/delete',
			summary: 'Delete a message for everyone',
			body: z.object({ ...recipientFields, messageKey }),
			translate({ messageKey: key, ...recipient }) {
				const { to, names } = chatOf(recipient, key)
				const original_sender = key.fromMe ? undefined : authorOf(key, to)
				return {
					type: 'revoke',
					fields: { to, message_id: key.id, original_sender },
					names: { ...names, message_id: 'messageKey', original_sender: 'messageKey.participant' },
				}
			},
		}),
	]
}

// In a chat with one person, a message that is not ours is theirs.
function authorOf({ fromMe, participant }: MessageKey, chat: string): string | undefined {
	const isTheirs = fromMe === false && !chat.endsWith('@g.us')
	return participant || (isTheirs ? chat : undefined)
}

// A key can name its chat itself.
function chatOf(recipient: RecipientFields, key: MessageKey) {
	const hasRecipient = recipient.number || recipient.group
	if (hasRecipient || !key.remoteJid) return recipientOf(recipient)
	return { to: key.remoteJid, names: { to: 'messageKey.remoteJid' } }
}
