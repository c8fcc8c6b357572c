import { GatewayError } from '../errors.ts'

/** @throws GatewayError invalid_recipient for a channel, where nothing of the kind exists */
export function refuseChannel(chat: string): void {
	if (!chat.endsWith('@newsletter')) return
	const advice = 'Nothing of this kind is possible in a channel. Give a person or a group as `to`.'
	throw new GatewayError('invalid_recipient', advice, { field: 'to' })
}
