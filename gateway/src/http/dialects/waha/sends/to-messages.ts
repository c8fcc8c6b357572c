import { z } from '@hono/zod-openapi'
import { isGatewayError } from '../../../../errors.ts'
import { starMessage } from '../../../../session/actions/star.ts'
import { newMessageId } from '../../../../session/send/message-id.ts'
import type { Session } from '../../../../session/session.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { withForeignFieldNames } from '../../foreign-field-names.ts'
import { unprocessable } from '../errors.ts'
import { chatIdField, flag, sessionField } from '../fields.ts'
import { wholeMessageId } from '../message-id.ts'
import { sessionOf, workingSession } from '../session.ts'
import { names, ownIdField } from './common.ts'
import { sendingIn } from './sending.ts'

const messageId = z
	.string()
	.min(1)
	.meta({ examples: ['false_11111111111@c.us_AAAAAAAAAAAAAAAAAAAA'] })

/** What is done to a message: it is forwarded, reacted to, starred. */
export function toMessages(services: Services): Endpoint[] {
	const send = sendingIn(services)
	return [
		send({
			path: '/api/forwardMessage',
			summary: 'Forward a message',
			body: z.object({ session: sessionField, chatId: chatIdField, messageId, id: ownIdField }),
			async translate({ chatId: to, messageId, id: ownId }, session) {
				const { id: message_id, chat: from_chat } = wholeMessageId(messageId)
				await refuseUnknown(session, message_id, messageId)
				return {
					type: 'forward',
					fields: { to, message_id, from_chat },
					names: { ...names, message_id: 'messageId', from_chat: 'messageId' },
					messageId: ownId,
				}
			},
		}),
		send({
			method: 'put',
			path: '/api/reaction',
			summary: 'React to a message',
			body: z.object({
				session: sessionField,
				messageId,
				reaction: z.string().meta({ description: 'An emoji; an empty text removes it' }),
			}),
			translate({ messageId, reaction: emoji }) {
				const { id: message_id, chat: to, fromMe: from_me, participant } = wholeMessageId(messageId)
				return {
					type: 'react',
					fields: { to, message_id, emoji, from_me, participant },
					names: {
						...{ to: 'messageId', message_id: 'messageId', participant: 'messageId' },
						emoji: 'reaction',
					},
				}
			},
		}),
		endpoint({
			method: 'put',
			path: '/api/star',
			summary: 'Star a message, or take the star back',
			action: 'send',
			body: z.object({
				session: sessionField,
				chatId: chatIdField,
				messageId,
				star: flag,
			}),
			response: 'empty',
			async run(call) {
				const session = await workingSession(services, call)
				const { chatId: chat, star } = call.body
				const { id: message_id, fromMe: from_me } = wholeMessageId(call.body.messageId)
				await withForeignFieldNames({ chat: 'chatId' }, () =>
					session.withSocket((deps) => starMessage(deps, { message_id, star, chat, from_me })),
				)
				return call.c.body(null)
			},
		}),
		{
			method: 'get',
			path: '/api/{session}/new-message-id',
			summary: 'Make an id for a message',
			action: 'send',
			response: z.object({ id: z.string() }),
			run(call) {
				sessionOf(services, call)
				return call.c.json({ id: newMessageId() })
			},
		},
	]
}

async function refuseUnknown(session: Session, id: string, given: string): Promise<void> {
	await session.message(id).catch((error: unknown) => {
		if (!isGatewayError(error, 'message_not_found')) throw error
		throw unprocessable(`Message with id '${given}' not found`, 'message_not_found')
	})
}
