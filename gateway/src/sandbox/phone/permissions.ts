import { proto } from '@whiskeysockets/baileys'
import { isAdmin } from '../server/groups.ts'
import { contentOf } from './content.ts'
import type { PhoneContext } from './context.ts'
import type { FoundMessage } from './find-message.ts'
import { PhoneError } from './phone-error.ts'

const { Type } = proto.Message.ProtocolMessage

/** Phones offer to edit a message for so long, … */
const EDIT_SECONDS = 15 * 60
/** … and follow edits of others some minutes longer: they may be on their way. */
const LATE_EDIT_SECONDS = EDIT_SECONDS + 5 * 60

/** A change to a message: who makes it, and when (Unix seconds). */
type Change = { by: string; at: number }

const isAuthor = ({ whatsapp }: PhoneContext, known: FoundMessage, by: string) =>
	whatsapp.directory.account(known.author) === whatsapp.directory.account(by)

function editRefusal(
	context: PhoneContext,
	known: FoundMessage,
	{ by, at }: Change,
	window: number,
): string | undefined {
	if (!isAuthor(context, known, by)) return 'People can edit only their own messages.'
	const isLate = known.timestamp !== undefined && at - known.timestamp > window
	// An event changes until it begins.
	return isLate && !contentOf(known.message).eventMessage
		? 'A message can be edited for 15 minutes.'
		: undefined
}

function deletionRefusal(
	context: PhoneContext,
	known: FoundMessage,
	{ by }: Change,
): string | undefined {
	const { directory } = context.whatsapp
	const group = directory.groups.get(known.chat)
	const account = directory.account(by)
	if (isAuthor(context, known, by) || (group && account && isAdmin(group, account)))
		return undefined
	return 'Only its author and admins of the group can delete a message for everyone.'
}

function orThrow(refusal: string | undefined): void {
	if (refusal) throw new PhoneError(refusal)
}

/** @throws PhoneError where this person may not edit the message now */
export const mayEdit = (context: PhoneContext, known: FoundMessage, change: Change) =>
	orThrow(editRefusal(context, known, change, EDIT_SECONDS))

/** @throws PhoneError where this person may not delete the message */
export const mayDelete = (context: PhoneContext, known: FoundMessage, change: Change) =>
	orThrow(deletionRefusal(context, known, change))

/**
 * Why a phone does not follow an edit or a deletion that has arrived. The server cannot read them and passes them on.
 * @returns undefined where it follows it, or does not have the message
 */
export function refusalOf(
	context: PhoneContext,
	message: proto.IMessage,
	change: Change,
	find: (id: string) => FoundMessage | undefined,
): string | undefined {
	const { protocolMessage, secretEncryptedMessage } = contentOf(message)
	const key = protocolMessage?.key ?? secretEncryptedMessage?.targetMessageKey
	const known = key?.id ? find(key.id) : undefined
	if (!known) return undefined
	if (secretEncryptedMessage || protocolMessage?.type === Type.MESSAGE_EDIT)
		return editRefusal(context, known, change, LATE_EDIT_SECONDS)
	const isDeletion = protocolMessage?.type === Type.REVOKE
	return isDeletion ? deletionRefusal(context, known, change) : undefined
}
