import { z } from '@hono/zod-openapi'
import { showChatstate } from '../../../session/actions/presence.ts'
import {
	archiveChat,
	markChatUnread,
	unarchiveChat,
} from '../../../session/actions/chats/settings.ts'
import { setBlocked } from '../../../session/actions/contacts/block.ts'
import { SECOND_MS } from '../../../lib/units.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { isGatewayError } from '../../../errors.ts'
import type { Session } from '../../../session/session.ts'
import { endpoint, type Call, type Endpoint, type Services } from '../dialect.ts'
import { sendTranslated } from '../send.ts'
import { refused, Refused } from './errors.ts'
import { flag, keySchema, wholeNumber } from './fields.ts'
import { recipientOf } from './recipient.ts'
import { messageSchema } from './responses.ts'
import { sentMessage } from './send.ts'
import { sessionOf } from './session.ts'

const lastMessage = z.looseObject({ key: keySchema, messageTimestamp: wholeNumber().optional() })

/** The longest time for which `sendPresence` shows something, in milliseconds. */
const MOST_SHOWN_MS = 60 * SECOND_MS

const chatstates = { composing: 'typing', recording: 'recording', paused: 'paused' } as const

/** What changes chats and messages. */
export const chatChanges = (services: Services): Endpoint[] => [
	endpoint({
		method: 'post',
		path: '/chat/archiveChat/{instance}',
		summary: 'Archive a chat, or take it out of the archive',
		body: z.object({
			archive: flag,
			chat: z.string().optional(),
			lastMessage: lastMessage.optional(),
		}),
		response: z.object({ chatId: z.string(), archived: z.literal(true) }),
		statuses: [201],
		async run(call) {
			const session = sessionOf(services, call)
			const chatId = await chatOf(session, call.body)
			const act = call.body.archive ? archiveChat : unarchiveChat
			await session.withSocket((deps) => act(deps, chatId))
			return call.c.json({ chatId, archived: true }, 201)
		},
	}),
	endpoint({
		method: 'post',
		path: '/chat/markChatUnread/{instance}',
		summary: 'Mark a chat as unread',
		body: z.object({ chat: z.string().optional(), lastMessage }),
		response: z.object({ chatId: z.string(), markedChatUnread: z.literal(true) }),
		statuses: [201],
		async run(call) {
			const session = sessionOf(services, call)
			const chatId = await chatOf(session, call.body)
			await session.withSocket((deps) => markChatUnread(deps, chatId))
			return call.c.json({ chatId, markedChatUnread: true }, 201)
		},
	}),
	endpoint({
		method: 'delete',
		path: '/chat/deleteMessageForEveryone/{instance}',
		summary: 'Delete a message for everyone',
		body: keySchema,
		response: messageSchema,
		statuses: [201],
		async run(call) {
			const { id: message_id, fromMe: from_me, remoteJid, participant: sender } = call.body
			const session = sessionOf(services, call)
			const to = await recipientOf(session, remoteJid)
			const author = sender && (await recipientOf(session, sender))
			const sent = await sendTranslated(call, session, {
				type: 'revoke',
				fields: {
					...{ to, message_id, check_recipient: false },
					...(!from_me && author && { participant: author }),
				},
				names: { to: 'remoteJid', message_id: 'id' },
			})
			return call.c.json(await sentMessage(session, sent), 201)
		},
	}),
	endpoint({
		method: 'post',
		path: '/chat/updateMessage/{instance}',
		summary: 'Edit a message',
		body: z.object({ number: z.string().min(1), text: z.string().min(1), key: keySchema }),
		response: messageSchema,
		run: (call) => edit(sessionOf(services, call), call),
	}),
	endpoint({
		method: 'post',
		path: '/chat/sendPresence/{instance}',
		summary: 'Show that the account is typing or recording, for so many milliseconds',
		body: z.object({
			number: z.string().min(1),
			presence: z.enum(['composing', 'recording', 'paused', 'available', 'unavailable']),
			delay: wholeNumber('Enter a value in milliseconds'),
		}),
		response: z.object({ presence: z.string() }),
		statuses: [201],
		async run(call) {
			const { number, presence, delay } = call.body
			const session = sessionOf(services, call)
			const chat = await recipientOf(session, number)
			await session.withSocket(async (deps) => {
				if (presence === 'available' || presence === 'unavailable')
					return deps.socket.sendPresenceUpdate(presence)
				await showChatstate(deps, chat, chatstates[presence])
			})
			await pause(Math.min(delay, MOST_SHOWN_MS))
			if (presence === 'composing' || presence === 'recording')
				await session.withSocket((deps) => showChatstate(deps, chat, 'paused'))
			return call.c.json({ presence }, 201)
		},
	}),
	...['chat', 'message'].map((root) => blocking(services, root)),
]

/** @param root where its code has it, or its documents */
const blocking = (services: Services, root: string): Endpoint =>
	endpoint({
		method: 'post',
		path: `/${root}/updateBlockStatus/{instance}`,
		summary: 'Block a person, or end that',
		body: z.object({ number: z.string().min(1), status: z.enum(['block', 'unblock']) }),
		response: z.object({ block: z.literal('success') }),
		statuses: [201],
		async run(call) {
			const session = sessionOf(services, call)
			const person = await recipientOf(session, call.body.number)
			const isBlocked = call.body.status === 'block'
			await session.withSocket((deps) => setBlocked(deps, person, isBlocked))
			return call.c.json({ block: 'success' }, 201)
		},
	})

type NamedChat = {
	chat?: string | undefined
	lastMessage?: { key: { remoteJid: string } } | undefined
}

function chatOf(session: Session, { chat, lastMessage }: NamedChat): Promise<string> {
	const given = chat || lastMessage?.key.remoteJid
	if (!given) throw refused('chat or lastMessage is required')
	return recipientOf(session, given)
}

type Edit = { number: string; text: string; key: z.output<typeof keySchema> }

/** @throws Refused as Evolution does: for a message that is not known, of another chat, or that has no text */
async function edit(session: Session, call: Call<Edit>): Promise<Response> {
	const { number, text, key } = call.body
	const to = await recipientOf(session, number)
	const { messages } = await session.history.find({ id: key.id }, { skip: 0, size: 1 })
	const [found] = messages
	if (!found) throw new Refused(['Message not found'], 'message_not_found')
	if (found.chat.id !== (await session.identity(to)).id) throw refused('RemoteJid does not match')
	try {
		const sent = await sendTranslated(call, session, {
			type: 'edit',
			fields: { to, message_id: key.id, text, check_recipient: false },
			names: { to: 'number', message_id: 'key.id' },
		})
		return call.c.json(await sentMessage(session, sent))
	} catch (error) {
		const isOfOtherType = isGatewayError(error, 'invalid_request') && /no text/.test(error.message)
		throw isOfOtherType ? refused('Message not compatible') : error
	}
}
