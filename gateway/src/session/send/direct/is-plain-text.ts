import type { proto } from '@whiskeysockets/baileys'

const TEXT: readonly string[] = ['conversation', 'extendedTextMessage', 'messageContextInfo']

/** Whether a message is a text and nothing else: no edit, no wrapper, no file. */
export const isPlainText = (content: proto.IMessage): boolean =>
	Object.entries(content).every(([name, said]) => said == null || TEXT.includes(name)) &&
	(content.conversation != null || content.extendedTextMessage != null)
