import type { NewEvent } from '../../../gateway/src/events/index.ts'
import type { Journal } from '../../../gateway/src/session/journal.ts'

const identity = (phone: string) => ({
	id: `${phone}@s.whatsapp.net`,
	phone,
	lid: null,
	name: `Person ${phone}`,
})

/** A message as it stands in the event log. */
export function message(chat: number, text: string): NewEvent {
	const sender = identity(String(491710000000 + chat))
	return {
		type: 'message.received',
		data: {
			message_id: `M${chat}.${text}`,
			type: 'text',
			text,
			chat: sender,
			sender,
			from_me: false,
			timestamp: Math.floor(Date.now() / 1000),
			reply_to: null,
		},
	}
}

/** Puts messages into the log of a session, of the chats in turn: `0` of every chat, then `1` and so on. */
export async function seed({ events, commit }: Journal, chats: number, each: number) {
	const commits: Promise<void>[] = []
	for (let number = 0; number < each; number++)
		for (let chat = 0; chat < chats; chat++)
			commits.push(commit(events.record(message(chat, String(number))).changes))
	await Promise.all(commits)
	return events.last()
}
