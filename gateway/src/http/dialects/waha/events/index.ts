import { createHash, randomUUID } from 'node:crypto'
import type { GatewayEvent } from '../../../../events/index.ts'
import type { RenderContext, RenderedEvent } from '../../dialect.ts'
import { hmacHex } from '../../hmac.ts'
import { meOf } from '../me.ts'
import { serverFacts, WAHA_VERSION } from '../server-facts.ts'
import { anyMessage } from './messages.ts'
import { eventOf } from './events.ts'

/**
 * An event in the form of WAHA. Deliveries are signed with HMAC-SHA512 as its clients verify it, unless the webhook was
 * set without a key.
 */
export function renderEvent(
	event: GatewayEvent,
	context: RenderContext,
): RenderedEvent | undefined {
	const { any, signed } = context.webhook.options
	const told = any === true ? anyMessage(event, context) : eventOf(event, context)
	if (!told) return undefined
	const { name, payload } = told
	const timestamp = Date.parse(event.timestamp)
	return {
		name,
		body: {
			id: any === true ? otherId(event.id) : event.id.toLowerCase(),
			timestamp,
			event: name,
			session: event.session,
			metadata: event.metadata ?? {},
			me: meOf(context.account),
			payload,
			engine: serverFacts.engine,
			environment: serverFacts,
		},
		headers: ({ body, secret }) => ({
			'user-agent': `WAHA/${WAHA_VERSION}`,
			'X-Webhook-Request-Id': randomUUID(),
			'X-Webhook-Timestamp': String(Date.now()),
			...(signed !== false && {
				'X-Webhook-Hmac': hmacHex(secret, body, 'sha512'),
				'X-Webhook-Hmac-Algorithm': 'sha512',
			}),
		}),
	}
}

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'
const TIME_CHARACTERS = 'evt_'.length + 10

/** An id of the same time: one event of ours is two of WAHA, and each has an id of its own. */
function otherId(id: string): string {
	const hash = createHash('sha256').update(id).digest()
	const random = [...hash.subarray(0, 16)].map((byte) => DIGITS[byte % DIGITS.length]).join('')
	return `${id.slice(0, TIME_CHARACTERS).toLowerCase()}${random}`
}
