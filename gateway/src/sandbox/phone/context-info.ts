import type { proto } from '@whiskeysockets/baileys'

type Content = { contextInfo?: proto.IContextInfo; message?: proto.IMessage } | null

/** The same message with more in its context; what its context says already stays. */
export function withContextInfo(
	{ conversation, ...others }: proto.IMessage,
	contextInfo: proto.IContextInfo,
): proto.IMessage {
	const text = conversation ? { extendedTextMessage: { text: conversation } } : {}
	const entries = Object.entries({ ...others, ...text } as Record<string, Content>)
	return Object.fromEntries(entries.map(([name, content]) => [name, added(name, content)]))

	function added(name: string, content: Content): Content {
		if (!content || !name.endsWith('Message')) return content
		// A wrapper has no context of its own.
		if (content.message)
			return { ...content, message: withContextInfo(content.message, contextInfo) }
		return { ...content, contextInfo: { ...contextInfo, ...content.contextInfo } }
	}
}
