import { z } from '@hono/zod-openapi'
import type { Endpoint, Services } from '../dialect.ts'
import { sendsIn } from '../send.ts'
import { render, sent } from './answers.ts'
import { recipient, recipientOf } from './fields.ts'
import { sessionOf } from './session.ts'

const id = z.string().min(1).max(128)

const keyObject = z.object({
	id,
	remoteJid: z.string().nullish(),
	fromMe: z.boolean().nullish(),
	participant: z.string().nullish(),
})

type Key = z.output<typeof keyObject>

/** An id, or what Baileys calls a key. */
const messageKey = z
	.union([id, keyObject], {
		error: 'must be the id of a message, or a key {remoteJid, id, fromMe, participant}',
	})
	.transform((given): Key => (typeof given === 'string' ? { id: given } : given))

type Whom = Parameters<typeof recipientOf>[0]

/** `POST /whatsapp/message/react` and `…/delete`. */
export function messages(services: Services): Endpoint[] {
	const send = sendsIn({ sessionOf: (call) => sessionOf(services, call), answer: sent, render })
	return [
		send({
			path: '/whatsapp/message/react',
			summary: 'React to a message',
			body: z.object({
				...recipient,
				messageKey,
				emoji: z.string().nullish().meta({ description: 'None, or empty, takes a reaction back' }),
			}),
			translate({ messageKey: key, emoji, ...whom }) {
				const { to, names } = chatOf(whom, key)
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
			body: z.object({ ...recipient, messageKey }),
			translate({ messageKey: key, ...whom }) {
				const { to, names } = chatOf(whom, key)
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

// Where only one other writes, nobody has to be named.
function authorOf({ fromMe, participant }: Key, chat: string): string | undefined {
	const isOthers = fromMe === false && !chat.endsWith('@g.us')
	return participant || (isOthers ? chat : undefined)
}

// A key says itself which chat it is of.
function chatOf(whom: Whom, key: Key) {
	const isNamed = whom.number || whom.group
	if (isNamed || !key.remoteJid) return recipientOf(whom)
	return { to: key.remoteJid, names: { to: 'messageKey.remoteJid' } }
}
