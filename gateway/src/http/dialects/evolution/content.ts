import type { RawMessage } from '../../../events/raw-message.ts'
import type { LooseJson } from '../loose-json.ts'
import { plainMessage } from '../../../session/receive/raw-message.ts'

type Content = LooseJson

/** What a message holds, in the form on which templates of Evolution rely. */
export type EvolutionContent = {
	message: Content
	contextInfo: Content | null
	messageType: string
}

/** These hold a message that is meant; what is to be viewed once stays in its wrapper, as there. */
const wrappers = [
	'deviceSentMessage',
	'ephemeralMessage',
	'documentWithCaptionMessage',
	'groupMentionedMessage',
	'editedMessage',
	'associatedChildMessage',
	'botInvokeMessage',
	'lottieStickerMessage',
]

const notContent = new Set([
	'messageContextInfo',
	'senderKeyDistributionMessage',
	'fastRatchetKeySenderKeyDistributionMessage',
])

/** Reads it from the protobuf message as JSON: every text is `conversation`, and what it answers stands beside. */
export function contentOf(raw: RawMessage['message']): EvolutionContent {
	const message = rewritten(plainMessage(raw))
	const messageType = typeOf(message)
	const info = withoutWrappers(plainMessage(raw))
	const contextInfo = contextIn(info)
	return { message, messageType: messageType ?? 'unknown', contextInfo }
}

function contextIn(message: Content): Content | null {
	const { contextInfo } = (message[typeOf(message) ?? ''] ?? {}) as { contextInfo?: Content }
	if (!contextInfo) return null
	const { quotedMessage: quoted } = contextInfo
	return { ...contextInfo, ...(quoted && { quotedMessage: rewritten(quoted) }) }
}

function rewritten(given: Content): Content {
	const { extendedTextMessage: text, ...rest } = withoutWrappers(given)
	if (!text) return rest
	return { conversation: text.text ?? '', ...rest }
}

function withoutWrappers(message: Content): Content {
	for (const wrapper of wrappers) {
		const { [wrapper]: wrapped, ...outer } = message
		if (wrapped?.message) return withoutWrappers({ ...outer, ...wrapped.message })
	}
	return message
}

const typeOf = (message: Content): string | undefined =>
	Object.keys(message).find((name) => message[name] != null && !notContent.has(name))
