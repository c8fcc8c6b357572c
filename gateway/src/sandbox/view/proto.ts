import type { proto } from '@whiskeysockets/baileys'

export type ProtoMessage = proto.IMessage

/** The message within wrappers, and whether one of them said that it may be looked at once. */
export type Unwrapped = { content: ProtoMessage; once: boolean }

/** Fields that only say something about the message around them. */
const CONTEXT = new Set<string>([
	'messageContextInfo',
	'senderKeyDistributionMessage',
	'fastRatchetKeySenderKeyDistributionMessage',
])

/** The fields of a message that say what it is. */
export function fieldsOf(message: ProtoMessage): [string, object | string][] {
	return Object.entries(message).filter(
		([name, value]) => value !== null && value !== undefined && !CONTEXT.has(name),
	) as [string, object | string][]
}

const isOnce = (wrapper: string) => wrapper.startsWith('viewOnceMessage')

/** Takes off every wrapper, be it known or not: a wrapper is a field that has nothing but a message. */
export function unwrap(message: ProtoMessage, once = false): Unwrapped {
	for (const [name, value] of fieldsOf(message)) {
		const inner = (value as { message?: ProtoMessage | null }).message
		if (inner && Object.keys(value).length === 1) return unwrap(inner, once || isOnce(name))
	}
	return { content: message, once }
}

/** The message within wrappers. */
export const innerMessage = (message: ProtoMessage): ProtoMessage => unwrap(message).content

type WithContext = { contextInfo?: proto.IContextInfo | null }

/** What a message says of others: whom it quotes and mentions, and whether it was forwarded. */
export function contextIn(message: ProtoMessage): proto.IContextInfo {
	const fields = fieldsOf(innerMessage(message)).map(
		([, value]) => (value as WithContext).contextInfo,
	)
	return fields.find((context) => context) ?? {}
}
