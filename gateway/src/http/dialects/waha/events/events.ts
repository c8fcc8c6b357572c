import type { GatewayEvent } from '../../../../events/index.ts'
import type { RenderContext } from '../../dialect.ts'
import { acknowledged, reacted, responded, revoked, voted } from './acts.ts'
import { joined, left, membersChanged, updated } from './groups.ts'
import { edited, incoming } from './messages.ts'
import { outgoing } from './outgoing.ts'
import {
	called,
	callRejected,
	chatChanged,
	labelAssigned,
	labelChanged,
	presenceChanged,
	qrShown,
	statusChanged,
} from './states.ts'
import type { Told } from './told.ts'

/** What WAHA tells of an event, besides `message.any`. */
export function eventOf(event: GatewayEvent, context: RenderContext): Told | undefined {
	switch (event.type) {
		case 'session.status':
			return statusChanged(event)
		case 'session.qr':
			return qrShown(event)
		case 'message.received':
		case 'status.received':
		case 'channel.message':
			return incoming(event, context)
		case 'message.outgoing':
			return outgoing(event, context)
		case 'message.edited':
			return edited(event, context)
		case 'message.deleted':
			return revoked(event, context)
		case 'message.reaction':
			return reacted(event, context)
		case 'message.status':
			return acknowledged(event, context)
		case 'poll.vote':
			return voted(event, context)
		case 'event.response':
			return responded(event, context)
		case 'group.joined':
			return joined(event, context.webhook.options.oldJoin === true)
		case 'group.left':
			return left(event)
		case 'group.updated':
			return updated(event)
		case 'group.participants':
			return membersChanged(event)
		case 'chat.presence':
			return presenceChanged(event)
		case 'chat.updated':
			return chatChanged(event)
		case 'call.received':
			return called(event)
		case 'call.rejected':
			return callRejected(event)
		case 'label.edited':
			return labelChanged(event)
		case 'label.assigned':
			return labelAssigned(event)
		case 'webhook.test':
			return { name: 'webhook.test', payload: event.data }
		default:
			return undefined
	}
}
