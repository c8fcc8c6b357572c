import type { RenderContext, RenderedEvent } from '../../../delivery/formats.ts'
import type { GatewayEvent } from '../../../events/index.ts'
import * as groups from './group-events.ts'
import { instanceIdOf } from './instance-ids.ts'
import { signedToken } from './jwt.ts'
import * as messages from './message-events.ts'
import * as states from './state-events.ts'
import type { EvolutionEvent } from './told.ts'
import { eventNameOf } from './webhook-names.ts'
import { JWT_KEY, type WebhookOptions } from './webhook-store.ts'

/** For how long a receiver may take a token, in seconds. */
const TOKEN_S = 600

/** An event as Evolution tells it; undefined for what it does not know. */
export function renderEvent(
	event: GatewayEvent,
	context: RenderContext,
): RenderedEvent | undefined {
	const { webhook, account, serverUrl } = context
	// None of them is there if the webhook was not set with this API.
	const options = webhook.options as Partial<WebhookOptions>
	const instance = options.instance ?? event.session
	const told = inWantedForm(toldOf(event, instance, context), options.events)
	if (!told) return undefined
	const { name, data, extras } = told
	const file = options.base64 ? told.file : undefined
	return {
		name,
		body: {
			...extras,
			event: name,
			instance,
			data,
			destination: webhook.url,
			date_time: event.timestamp,
			sender: account?.id ?? null,
			server_url: serverUrl,
			// A key is known to its owner alone.
			apikey: null,
		},
		...(options.by_events && { path: `/${name.replaceAll(/[._]/g, '-')}` }),
		...(file && {
			file: {
				messageId: file.messageId,
				put: (base64) => void Object.assign((data as MessageObject).message, { base64 }),
			},
		}),
		headers: ({ timestamp }) => ({
			...tokenOf(options.headers?.[JWT_KEY], timestamp),
			'X-Instance-ID': instanceIdOf(event.session),
			'X-Event-Type': name,
			'X-Timestamp': String(timestamp * 1000),
		}),
	}
}

/** An event in the first of its forms that is wanted. */
function inWantedForm(
	told: EvolutionEvent | undefined,
	wanted: WebhookOptions['events'] | undefined,
): EvolutionEvent | undefined {
	if (!told?.others || !wanted) return told
	const names = wanted.map(eventNameOf)
	return [told, ...told.others].find(({ name }) => names.includes(name)) ?? told
}

type MessageObject = { message: Record<string, unknown> }

function tokenOf(key: string | undefined, iat: number): Record<string, string> {
	if (!key) return {}
	const claims = { iat, exp: iat + TOKEN_S, app: 'evolution', action: 'webhook' }
	return { authorization: `Bearer ${signedToken(claims, key)}` }
}

function toldOf(
	event: GatewayEvent,
	instance: string,
	context: RenderContext,
): EvolutionEvent | undefined {
	switch (event.type) {
		case 'message.received':
		case 'message.sent':
		case 'status.received':
		case 'channel.message':
			return messages.arrived(event)
		case 'message.outgoing':
			return messages.sent(event)
		case 'message.status':
			return messages.reached(event)
		case 'message.edited':
			return messages.edited(event)
		case 'message.deleted':
			return messages.deleted(event, context)
		case 'message.reaction':
			return messages.reacted(event)
		case 'message.pinned':
			return messages.pinned(event)
		case 'poll.vote':
			return messages.voted(event)
		case 'history.messages':
			return messages.history(event)
		case 'history.chats':
			return states.chats(event)
		case 'session.status':
			return states.status(event, instance)
		case 'session.qr':
			return states.qr(event, instance)
		case 'session.pairing_code':
			return states.pairingCode(event, instance)
		case 'contact.updated':
			return states.contact(event)
		case 'chat.updated':
			return states.chat(event)
		case 'chat.presence':
			return states.presence(event)
		case 'call.received':
			return states.call(event)
		case 'label.edited':
			return states.label(event, instance)
		case 'label.assigned':
			return states.labelled(event, instance)
		case 'group.joined':
			return groups.joined(event)
		case 'group.updated':
			return groups.updated(event)
		case 'group.participants':
			return groups.members(event)
		case 'webhook.test':
			return { name: 'webhook.test', data: {} }
	}
	return undefined
}
