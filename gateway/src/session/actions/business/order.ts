import { GatewayError } from '../../../errors.ts'
import { unwrap } from '../../../messages/wrappers.ts'
import { askForOrder, type Order } from '../../ask/order.ts'
import { unknownIs } from '../../ask/whatsapp-errors.ts'
import type { SessionDeps } from '../../session-deps.ts'

/** What WhatsApp tells of an order only to those who have it from the message: the token, or that message's id. */
export type OrderProof = { token?: string | undefined; message_id?: string | undefined }

/**
 * What was ordered.
 * @throws GatewayError order_not_found, message_not_found, invalid_request, and those of `askWhatsApp`
 */
export async function orderDetails(
	deps: SessionDeps,
	id: string,
	{ token, message_id: message }: OrderProof,
): Promise<Order> {
	if ((token === undefined) === (message === undefined))
		throw new GatewayError('invalid_request', 'Give either `token` or `message_id`.', {
			field: 'token',
		})
	const proof = token ?? (await tokenIn(deps, id, message!))
	const advice = `WhatsApp knows no order \`${id.slice(0, 60)}\` with this token.`
	return askForOrder(deps.socket, id, proof).catch(unknownIs('order_not_found', advice))
}

async function tokenIn({ messages }: SessionDeps, id: string, message: string): Promise<string> {
	const field = 'message_id'
	const kept = await messages.content(message)
	if (!kept) {
		const advice = `No message ${message} is kept. Give the \`token\` of its event.`
		throw new GatewayError('message_not_found', advice, { field })
	}
	const { orderMessage: order } = unwrap(kept.message).content
	if (order?.orderId === id && order.token) return order.token
	const advice = `Message ${message} does not hold order \`${id.slice(0, 60)}\`.`
	throw new GatewayError('invalid_request', advice, { field })
}
