import { z } from '@hono/zod-openapi'
import { clearChat, deleteChat } from '../../../session/actions/chats/clear.ts'
import { deleteForMe } from '../../../session/actions/delete-for-me.ts'
import { messageTypes, readTypes } from '../../../messages/index.ts'
import { done, doneSchema } from '../../openapi/schemas.ts'
import { defineRoute } from '../define-route.ts'
import { chatRef, queryFlag } from '../params.ts'
import { foundMessage, keptMessage, searchQuery, shownFound } from './kept-message.ts'

const MOST_MESSAGES = 500

/** What was sent keeps the type that the request named; what came in has one that is read. */
const keptTypes = [...new Set([...readTypes, ...messageTypes].map(({ type }) => type))].sort()

const params = z.object({ jid: chatRef })
const place = z.string().regex(/^-?\d+$/, 'must be the `next` of a page')
const time = z.coerce.number().int().min(0)

/** The messages that are kept of chats. */
export const chatMessageRoutes = [
	defineRoute({
		method: 'get',
		path: '/messages/search',
		summary: 'Search messages',
		description: 'Search the texts of the kept messages of all chats, the newest first.',
		query: searchQuery,
		answer: z.object({ messages: z.array(foundMessage), count: z.number().int() }),
		success: 'Newest first',
		node: { resource: 'message', name: 'Search', itemsOf: 'messages' },
		async run({ session, query }) {
			const found = await session.history.search(query.q, query)
			const messages = found.map((each) => shownFound(session.id, each))
			return { messages, count: messages.length }
		},
	}),
	defineRoute({
		method: 'post',
		path: '/messages/delete-for-me',
		summary: 'Delete a message for this account',
		description: 'Delete it on the devices of the account. Others keep it.',
		body: z.object({
			message_id: z
				.string()
				.min(1)
				.max(200)
				.meta({ title: 'Message ID', examples: ['3EB0C767D097B7C4'] }),
			delete_media: z
				.boolean()
				.default(true)
				.meta({ title: 'Delete Media', description: 'Whether phones delete its file as well' }),
		}),
		answer: doneSchema,
		success: 'All devices of the account follow it',
		node: { resource: 'messageAction', name: 'Delete for Me' },
		async run({ session, body }) {
			await session.withSocket((deps) => deleteForMe(deps, body))
			return done
		},
	}),
	defineRoute({
		method: 'get',
		path: '/chats/{jid}/messages',
		summary: 'Get many messages of a chat',
		description:
			'Get the kept messages of a chat, the newest first, without asking WhatsApp. A page may be shorter than asked for before the end.',
		params,
		query: z.object({
			limit: z.coerce
				.number()
				.int()
				.min(1)
				.max(MOST_MESSAGES)
				.default(50)
				.meta({ title: 'Limit', description: 'How many messages to answer with' }),
			before: place
				.optional()
				.meta({ title: 'Before', description: 'The `next` of the page before', examples: ['120'] }),
			after: place.optional().meta({
				title: 'After',
				description: 'Only what is newer than this place',
				examples: ['90'],
			}),
			from_me: queryFlag
				.optional()
				.meta({ title: 'From Me', description: 'Whether the account wrote them' }),
			type: z
				.enum(keptTypes)
				.optional()
				.meta({ title: 'Type', description: 'A message type', examples: ['image'] }),
			since: time
				.optional()
				.meta({ title: 'Since', description: 'Unix time in seconds', examples: [1_795_255_200] }),
			until: time
				.optional()
				.meta({ title: 'Until', description: 'Unix time in seconds', examples: [1_795_255_200] }),
		}),
		answer: z.object({
			messages: z.array(keptMessage),
			next: z.string().nullable().meta({ description: 'Goes on as `before`; null at the end' }),
		}),
		success: 'Newest first',
		node: { resource: 'chat', name: 'Get Many Messages', itemsOf: 'messages', pagedBy: 'before' },
		run: ({ session, params, query: { before, after, ...filter } }) =>
			session.history.page(params.jid, {
				...filter,
				...(before !== undefined && { before: Number(before) }),
				...(after !== undefined && { after: Number(after) }),
			}),
	}),
	defineRoute({
		method: 'post',
		path: '/chats/{jid}/messages/fetch',
		summary: 'Fetch older messages of a chat',
		description:
			'Ask the phone of the account, which must be online, for messages from before the oldest known one. They are kept and told as `history.messages`. Not verified against WhatsApp.',
		params,
		body: z.object({
			count: z.number().int().min(1).max(50).default(50).meta({ title: 'Count' }),
			before_message_id: z
				.string()
				.min(1)
				.max(200)
				.optional()
				.meta({
					title: 'Before Message ID',
					description: 'Ask for messages before this kept one instead',
					examples: ['3EB0C767D097B7C4'],
				}),
			wait: z.number().int().min(0).max(25).default(20).meta({
				title: 'Wait',
				description: 'For how many seconds to wait for the phone; 0 does not wait',
			}),
		}),
		answer: z.object({
			request_id: z.string(),
			messages: z
				.array(keptMessage)
				.optional()
				.meta({ description: 'The newest first; absent if the request does not wait' }),
		}),
		success: 'The phone was asked, and has answered unless `wait` is 0',
		node: { resource: 'chat', name: 'Fetch Older Messages' },
		async run({ session, params: { jid }, body }) {
			const before = await session.history.oldest(jid)
			const { requestId, isAnswered } = await session.history.fetchOlder(jid, body)
			if (!isAnswered) return { request_id: requestId }
			const older = { limit: body.count, ...(before !== undefined && { before }) }
			const { messages } = await session.history.page(jid, older)
			return { request_id: requestId, messages }
		},
	}),
	defineRoute({
		method: 'delete',
		path: '/chats/{jid}/messages',
		twin: { method: 'post', path: '/chats/{jid}/clear' },
		summary: 'Clear a chat',
		description:
			'Remove its messages from the devices of the account; others keep them. The gateway no longer lists them either, starred ones included.',
		params,
		body: z.object({
			keep_starred: z
				.boolean()
				.default(true)
				.meta({ title: 'Keep Starred', description: 'Whether phones keep starred messages' }),
			delete_media: z
				.boolean()
				.default(true)
				.meta({ title: 'Delete Media', description: 'Whether phones delete files as well' }),
		}),
		answer: doneSchema,
		success: 'All devices of the account follow it',
		node: { resource: 'chat', name: 'Clear' },
		async run({ session, params, body }) {
			await session.withSocket((deps) => clearChat(deps, params.jid, body))
			return done
		},
	}),
	defineRoute({
		method: 'delete',
		path: '/chats/{jid}',
		summary: 'Delete a chat',
		description:
			'Remove it from the list of all devices of the account, with its messages. A group must be left before.',
		params,
		answer: doneSchema,
		success: 'All devices of the account follow it',
		node: { resource: 'chat', name: 'Delete' },
		async run({ session, params }) {
			await session.withSocket((deps) => deleteChat(deps, params.jid))
			return done
		},
	}),
]
