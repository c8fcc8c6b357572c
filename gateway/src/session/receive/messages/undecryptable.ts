import type { Effect } from '../../effect.ts'
import { originOf, type ReceiveDeps } from '../describe-message.ts'
import { keysOf } from '../message-keys.ts'
import type { MessageReader, UnwrappedMessage } from './define.ts'
import type { SealedFailure } from './sealed.ts'

/** Tells of what is encrypted with the secret of another message and cannot be opened. */
export function reportSealed(
	{ message }: UnwrappedMessage,
	{ target, detail, early }: SealedFailure,
	deps: ReceiveDeps,
): Effect | undefined {
	const data = {
		message_id: message.key.id!,
		...originOf(message, deps),
		reason: 'sealed' as const,
		detail,
		target_message_id: target,
	}
	const sealed = early && target !== null ? { target, message } : undefined
	return deps.undecryptable.final(keysOf(message, deps), data, sealed)
}

/** WhatsApp gives linked devices a placeholder for what only phones may show. */
export const readPlaceholder: MessageReader = ({ message }, deps) => {
	const origin = originOf(message, deps)
	const data = { message_id: message.key.id!, ...origin, reason: 'masked' as const, detail: null }
	return deps.undecryptable.final(keysOf(message, deps), data)
}
