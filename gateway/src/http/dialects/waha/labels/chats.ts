import { z } from '@hono/zod-openapi'
import { setChatLabels } from '../../../../session/actions/labels/assign.ts'
import { isGatewayError } from '../../../../errors.ts'
import type { Session } from '../../../../session/session.ts'
import { chatSchema, wahaChat } from '../chats/chat.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { withForeignFieldNames } from '../../foreign-field-names.ts'
import { workingSession } from '../session.ts'
import { labelSchema, wahaLabel } from './label.ts'
import { knownLabel } from './labels.ts'

const ofChat = '/api/{session}/labels/chats/{chatId}'

/** Which chats have which labels. */
export const chatLabels = (services: Services): Endpoint[] => [
	{
		method: 'get',
		path: ofChat,
		summary: 'Get the labels of a chat',
		action: 'read',
		response: z.array(labelSchema),
		async run(call) {
			const session = await workingSession(services, call)
			const ids = await labelsOf(session, call.param('chatId'))
			const all = await session.directory.labels()
			const found = all.filter(({ label_id }) => ids.includes(label_id))
			return call.c.json(found.map(wahaLabel))
		},
	},
	endpoint({
		method: 'put',
		path: ofChat,
		summary: 'Give a chat these labels and no others',
		action: 'setting',
		body: z.object({ labels: z.array(z.object({ id: z.coerce.string<string>().min(1) })).max(20) }),
		response: 'empty',
		async run(call) {
			const session = await workingSession(services, call)
			const wanted = [...new Set(call.body.labels.map(({ id }) => id))]
			await withForeignFieldNames({ jid: 'chatId' }, () =>
				knownLabel(() =>
					session.withSocket((deps) => setChatLabels(deps, call.param('chatId'), wanted)),
				),
			)
			return call.c.body(null)
		},
	}),
	{
		method: 'get',
		path: '/api/{session}/labels/{labelId}/chats',
		summary: 'Get the chats of a label',
		action: 'read',
		response: z.array(chatSchema),
		async run(call) {
			const session = await workingSession(services, call)
			const chats = await knownLabel(() => session.directory.labelledChats(call.param('labelId')))
			return call.c.json(chats.map(wahaChat))
		},
	},
]

/** A chat that is not known has none. */
async function labelsOf({ directory }: Session, chat: string): Promise<string[]> {
	try {
		return (await withForeignFieldNames({ jid: 'chatId' }, () => directory.chat(chat))).labels
	} catch (error) {
		if (isGatewayError(error, 'chat_not_found')) return []
		throw error
	}
}
