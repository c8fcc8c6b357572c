import { z } from '@hono/zod-openapi'
import { clearChat, deleteChat } from '../../../../session/actions/chats/clear.ts'
import {
	archiveChat,
	markChatUnread,
	unarchiveChat,
} from '../../../../session/actions/chats/settings.ts'
import type { SessionDeps } from '../../../../session/session-deps.ts'
import type { Call, Endpoint, Services } from '../../dialect.ts'
import { withForeignFieldNames } from '../../foreign-field-names.ts'
import { workingSession } from '../session.ts'

type Act = (deps: SessionDeps, jid: string) => Promise<void>

const done = z.object({ success: z.literal(true) })

const everything = { keep_starred: false, delete_media: true }

/** What the account does with a chat on all of its devices. */
export function chatActions(services: Services): Endpoint[] {
	async function act(call: Call, what: Act): Promise<void> {
		const session = await workingSession(services, call)
		await withForeignFieldNames({ jid: 'chatId' }, () =>
			session.withSocket((deps) => what(deps, call.param('chatId'))),
		)
	}

	const setting = (verb: string, summary: string, what: Act): Endpoint => ({
		method: 'post',
		path: `/api/{session}/chats/{chatId}/${verb}`,
		summary,
		action: 'setting',
		response: done,
		statuses: [201],
		async run(call) {
			await act(call, what)
			return call.c.json({ success: true }, 201)
		},
	})

	const removal = (path: string, summary: string, what: Act): Endpoint => ({
		method: 'delete',
		path: `/api/{session}/chats/{chatId}${path}`,
		summary,
		action: 'delete',
		response: done,
		async run(call) {
			await act(call, what)
			return call.c.json({ success: true })
		},
	})

	return [
		setting('archive', 'Archive a chat', archiveChat),
		setting('unarchive', 'Unarchive a chat', unarchiveChat),
		setting('unread', 'Mark a chat as unread', markChatUnread),
		removal('', 'Delete a chat', deleteChat),
		removal('/messages', 'Clear a chat', (deps, jid) => clearChat(deps, jid, everything)),
	]
}
