import type { GatewayEvent } from '../../../src/events/index.ts'

const steps = ['sent', 'delivered', 'read', 'played'] as const

/** How far a message has got, live. */
export function Sent({ messageId, events }: { messageId: string; events: GatewayEvent[] }) {
	const reached = new Set(
		events.flatMap((event) =>
			event.type === 'message.status' && event.data.message_id === messageId
				? [event.data.status as string]
				: [],
		),
	)
	const last = steps.findLast((step) => reached.has(step)) ?? 'sent'
	const failed = reached.has('failed')
	return (
		<p role="status">
			Message <code>{messageId}</code>: {failed ? 'failed' : last}
		</p>
	)
}
