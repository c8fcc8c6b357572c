import type { IDataObject } from 'n8n-workflow'
import { withIsoTimes } from './common-words'

interface Identity extends IDataObject {
	id: string
	phone: string | null
	name: string | null
}

/** An event, as the gateway sends it. */
export interface GatewayEvent extends IDataObject {
	id: string
	type: string
	timestamp: string
	session: string
	/** The protobuf message, if the webhook asks for it. */
	raw?: IDataObject
	data: IDataObject & { chat?: Identity; sender?: Identity; timestamp?: number }
}

const KINDS: [ending: string, kind: string][] = [
	['@g.us', 'group'],
	['@newsletter', 'channel'],
	['status@broadcast', 'status'],
]

const kindOf = (chat: string): string =>
	KINDS.find(([ending]) => chat.endsWith(ending))?.[1] ?? 'direct'

const ofChat = (chat?: Identity): IDataObject =>
	chat ? { chat_id: chat.id, chat_name: chat.name, chat_kind: kindOf(chat.id) } : {}

const ofSender = (sender?: Identity): IDataObject =>
	sender ? { sender_id: sender.id, sender_name: sender.name, phone: sender.phone } : {}

/** What people look for comes first: a table shows the first fields only. */
const FIRST = ['event', 'chat_id', 'text', 'type', 'sender_name', 'phone']

const inOrder = (fields: IDataObject): IDataObject => {
	const first = FIRST.filter((name) => name in fields).map((name) => [name, fields[name]])
	return { ...Object.fromEntries(first), ...fields }
}

/** The fields of an event that most workflows need, flat; the facts about a file are in `media`. */
export function simple({
	id,
	type: event,
	timestamp,
	session,
	data,
	raw,
}: GatewayEvent): IDataObject {
	// An answer to an event of a calendar has its name as `event`, which is the type here.
	const { chat, sender, timestamp: seconds, event: event_name, ...more } = data
	return inOrder({
		event,
		event_id: id,
		session,
		timestamp: seconds === undefined ? timestamp : new Date(seconds * 1000).toISOString(),
		...ofChat(chat),
		...ofSender(sender),
		...withIsoTimes(more),
		...(event_name !== undefined && { event_name }),
		...(raw && { raw }),
	})
}
