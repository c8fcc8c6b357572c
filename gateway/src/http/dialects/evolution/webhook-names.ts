/** The events that a webhook can be set for, in the order in which a webhook for all of them lists them. */
export const subscriptions = [
	'APPLICATION_STARTUP',
	'QRCODE_UPDATED',
	'MESSAGES_SET',
	'MESSAGES_UPSERT',
	'MESSAGES_EDITED',
	'MESSAGES_UPDATE',
	'MESSAGES_DELETE',
	'SEND_MESSAGE',
	'SEND_MESSAGE_UPDATE',
	'CONTACTS_SET',
	'CONTACTS_UPSERT',
	'CONTACTS_UPDATE',
	'PRESENCE_UPDATE',
	'CHATS_SET',
	'CHATS_UPSERT',
	'CHATS_UPDATE',
	'CHATS_DELETE',
	'GROUPS_UPSERT',
	'GROUP_UPDATE',
	'GROUP_PARTICIPANTS_UPDATE',
	'CONNECTION_UPDATE',
	'LABELS_EDIT',
	'LABELS_ASSOCIATION',
	'CALL',
	'TYPEBOT_START',
	'TYPEBOT_CHANGE_STATUS',
	'REMOVE_INSTANCE',
	'LOGOUT_INSTANCE',
	'INSTANCE_CREATE',
	'INSTANCE_DELETE',
	'STATUS_INSTANCE',
] as const

/** Other spellings, and one of version 2.4: for what the gateway tells they mean the same. */
export const otherSubscriptions = ['GROUPS_UPDATE', 'MESSAGING_HISTORY_SET'] as const

export type Subscription = (typeof subscriptions)[number] | (typeof otherSubscriptions)[number]

/** The event that is told for these; its name is that of the subscription in lower case for all others. */
const otherNames: Partial<Record<Subscription, string>> = {
	GROUP_UPDATE: 'groups.update',
	GROUP_PARTICIPANTS_UPDATE: 'group-participants.update',
	MESSAGING_HISTORY_SET: 'messages.set',
}

/** @example eventNameOf('SEND_MESSAGE_UPDATE') // 'send.message.update' */
export const eventNameOf = (subscription: Subscription): string =>
	otherNames[subscription] ?? subscription.toLowerCase().replaceAll('_', '.')

/** Those that a webhook can be set for, and that are never told: the gateway has no such event. */
const untold: readonly Subscription[] = [
	'APPLICATION_STARTUP',
	'CONTACTS_SET',
	'TYPEBOT_START',
	'TYPEBOT_CHANGE_STATUS',
	'REMOVE_INSTANCE',
	'INSTANCE_CREATE',
	'INSTANCE_DELETE',
]

/** Those that are told. */
export const toldSubscriptions: readonly Subscription[] = [
	...subscriptions,
	...otherSubscriptions,
].filter((name) => !untold.includes(name))

const history: readonly Subscription[] = ['MESSAGES_SET', 'CHATS_SET', 'MESSAGING_HISTORY_SET']
const own: readonly Subscription[] = ['SEND_MESSAGE', 'SEND_MESSAGE_UPDATE', 'MESSAGES_DELETE']

/** The gateway's events of which these are made: its large feeds only if they are asked for. */
export function feedsFor(wanted: readonly Subscription[]): string[] {
	const has = (some: readonly Subscription[]) => some.some((name) => wanted.includes(name))
	return ['*', ...(has(history) ? ['history.*'] : []), ...(has(own) ? ['message.outgoing'] : [])]
}
