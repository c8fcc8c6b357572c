import { GatewayError } from '../errors.ts'

const NOTHING = 'Nothing of this kind is possible in a channel. Give a person or a group as `to`.'

/**
 * @param advice what to do instead
 * @throws GatewayError invalid_recipient for a channel, where nothing of the kind exists
 */
export function refuseChannel(chat: string, advice = NOTHING): void {
	if (!chat.endsWith('@newsletter')) return
	throw new GatewayError('invalid_recipient', advice, { field: 'to' })
}
