import { proto } from '@whiskeysockets/baileys'
import { GatewayError } from '../errors.ts'
import type { RawMessage } from '../events/raw-message.ts'

/** A message that a client gives back as JSON. @throws GatewayError invalid_request, naming the field, for what is none */
export function givenMessage(given: RawMessage['message'], field: string): proto.IMessage {
	try {
		return proto.Message.fromObject(given)
	} catch (cause) {
		const advice = `The ${field} is not a message of WhatsApp.`
		throw new GatewayError('invalid_request', advice, { field, cause })
	}
}
