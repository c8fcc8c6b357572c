import type { NewEvent } from '../../events/index.ts'
import { unwrap } from '../../messages/wrappers.ts'
import { describeMessage } from '../receive/describe-message.ts'
import { isIgnored } from '../receive/ignored.ts'
import { rawOf } from '../receive/raw-message.ts'
import type { SessionContext } from '../session-context.ts'
import type { SessionSettings } from '../session-settings.ts'
import type { SessionState } from '../state/index.ts'
import type { OptionalFeeds } from '../subscriptions.ts'
import type { SendResult } from './send-result.ts'

export type OutgoingEventDeps = Pick<SessionContext, 'me' | 'otherName' | 'mediaUrl'> & {
	optionalFeeds(): OptionalFeeds
	settings(): SessionSettings
}

/** The event of a message that WhatsApp has acknowledged, if somebody asks for such. */
export async function outgoingEvent(
	ready: SessionState,
	{ message_id: id, to: remoteJid, timestamp: messageTimestamp }: SendResult,
	deps: OutgoingEventDeps,
): Promise<NewEvent | undefined> {
	const { outgoing, raw } = deps.optionalFeeds()
	const kept = outgoing ? await ready.messages.content(id) : undefined
	if (!kept) return undefined
	const message = {
		key: { id, remoteJid, fromMe: true },
		message: kept.message,
		messageTimestamp,
	}
	const { messages, votes, timers, undecryptable } = ready
	const known = { ...deps, messages, votes, timers, undecryptable }
	const data = describeMessage(message, unwrap(kept.message), known)
	const event: NewEvent = {
		type: 'message.outgoing',
		data,
		...(raw && { raw: rawOf(message) }),
	}
	return isIgnored(event, deps.settings().ignore) ? undefined : event
}
