/** The names that WA-RS' webhooks may use in `events`, as far as the gateway has such an event; `all` is all of them. */
export const eventNames: readonly string[] = [
	'all',
	'message',
	'receipt',
	'presence',
	'chat_presence',
	'connected',
	'disconnected',
	'logged_out',
	'qr_code',
	'pair_code',
	'group_update',
	'joined_group',
	'contact_update',
	'undecryptable_message',
	'client_outdated',
]

/**
 * Moves WA-RS' own names from `events` of a new webhook to `event_names`. Returns anything else unchanged, so that its
 * validation reports what is wrong.
 */
export function separateEventNames(given: unknown): unknown {
	const { format, events } = (given ?? {}) as { format?: unknown; events?: unknown }
	if (format !== 'wa-rs' || !Array.isArray(events) || events.length === 0) return given
	if (!events.every((name) => eventNames.includes(name))) return given
	const event_names = events.includes('all') ? null : events
	return { ...(given as object), events: undefined, event_names }
}
