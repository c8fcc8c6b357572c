/** Every event that a webhook may ask for, besides `*`. */
export const eventNames = [
	'session.status',
	'message',
	'message.reaction',
	'message.any',
	'message.ack',
	'message.ack.group',
	'message.waiting',
	'message.revoked',
	'message.edited',
	'state.change',
	'group.join',
	'group.leave',
	'group.v2.join',
	'group.v2.leave',
	'group.v2.update',
	'group.v2.participants',
	'presence.update',
	'poll.vote',
	'poll.vote.failed',
	'chat.archive',
	'call.received',
	'call.accepted',
	'call.rejected',
	'label.upsert',
	'label.deleted',
	'label.chat.added',
	'label.chat.deleted',
	'event.response',
	'event.response.failed',
	'engine.event',
] as const

/** Those that are never told: they are of other engines, or were replaced. */
const untold: readonly EventName[] = [
	'message.waiting',
	'state.change',
	'group.leave',
	'engine.event',
]

/** Those that are told. */
export const toldEvents: readonly EventName[] = eventNames.filter((name) => !untold.includes(name))

export type EventName = (typeof eventNames)[number]
