import { z } from '@hono/zod-openapi'
import { showChatstate, type Chatstate } from '../../../../session/actions/presence.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { withForeignFieldNames } from '../../foreign-field-names.ts'
import { chatIdField, sessionField } from '../fields.ts'
import { workingSession } from '../session.ts'
import { names } from './common.ts'

/** `POST /api/startTyping` and `/api/stopTyping`. */
export function typing(services: Services): Endpoint[] {
	const shows = (word: string, summary: string, state: Chatstate) =>
		endpoint({
			method: 'post',
			path: `/api/${word}`,
			summary,
			action: 'send',
			body: z.object({ session: sessionField, chatId: chatIdField }),
			response: z.object({ result: z.literal(true) }),
			statuses: [201],
			async run(call) {
				const session = await workingSession(services, call)
				await withForeignFieldNames(names, () =>
					session.withSocket((deps) => showChatstate(deps, call.body.chatId, state)),
				)
				return call.c.json({ result: true }, 201)
			},
		})
	return [
		shows('startTyping', 'Show that a text is being typed', 'typing'),
		shows('stopTyping', 'Show that no text is being typed any more', 'paused'),
	]
}
