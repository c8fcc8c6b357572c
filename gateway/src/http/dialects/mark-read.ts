import { markRead, type ReadMessages } from '../../session/actions/mark-read.ts'
import type { Session } from '../../session/session.ts'
import { withForeignFieldNames } from './foreign-field-names.ts'

/** The documentation of the field with the author, in every dialect. */
export const senderDescription = {
	description: 'Author of the messages: needed in a group if the gateway does not know them',
}

/** Marks messages as read. @param chatField the dialect's name of the field with the chat, for errors */
export const markMessagesRead = (
	session: Session,
	chatField: string,
	messages: ReadMessages,
): Promise<void> =>
	withForeignFieldNames({ chat_jid: chatField }, () =>
		session.withSocket((deps) => markRead(deps, messages)),
	)
